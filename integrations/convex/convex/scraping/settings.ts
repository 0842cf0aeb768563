/** What the deployment is set to (`npx convex env set NAME value`). The only place that reads its environment. */
export interface Settings {
  /** `BROWSER_AGENT_URL`: where Gleaner answers. */
  readonly agentUrl: string;
  /** `BROWSER_AGENT_API_KEY`: a key of Gleaner with the role operator. */
  readonly agentKey: string | undefined;
  /** `CONVEX_SITE_URL`, set by Convex: where callbacks go. */
  readonly siteUrl: string;
}

export function agentSettings(): Settings {
  return {
    agentUrl: needed("BROWSER_AGENT_URL").replace(/\/$/, ""),
    agentKey: process.env["BROWSER_AGENT_API_KEY"],
    siteUrl: needed("CONVEX_SITE_URL").replace(/\/$/, ""),
  };
}

/** What proves that a callback comes from Gleaner: its bearer token and the secret of its signatures. Both are needed. */
export function callbackProof(): { readonly token: string; readonly secret: string } {
  return { token: needed("BROWSER_AGENT_CALLBACK_TOKEN"), secret: needed("GLEANER_CALLBACK_SECRET") };
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} not configured. Set it: npx convex env set ${name} VALUE`);
  return value;
}
