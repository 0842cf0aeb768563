import type { SeenJson } from "#engines/browser";
import type { DataBody } from "#engines/extraction";
import { pageLinks } from "./link-header.ts";
import type { SeenAnswer } from "./page-source.ts";

/** What a browser saw a script ask for, as it could be asked again; nothing where it could not. */
export function seenAnswer({ url, method, headers, body, bodyType, text, link }: SeenJson): SeenAnswer[] {
  const leadsOn = pageLinks(link ?? undefined, url)?.next !== undefined;
  const asked = { url, ...(Object.keys(headers).length > 0 ? { headers: plain(headers) } : {}) };
  if (method === "GET") return [{ request: asked, text, leadsOn }];
  const sent = method === "POST" && body !== null ? bodyOf(body, bodyType) : null;
  return sent ? [{ request: { ...asked, method: "POST", body: sent }, text, leadsOn }] : [];
}

/** Browsers say that they take everything where the script says nothing. */
function plain({ accept, ...rest }: SeenJson["headers"]): SeenJson["headers"] {
  return accept === undefined || accept === "*/*" ? rest : { accept, ...rest };
}

function bodyOf(text: string, type: string | null): DataBody | null {
  if (/^application\/x-www-form-urlencoded\b/i.test(type ?? "")) return { as: "form", text };
  // Scripts forget the type of what they send.
  const isJson = /[/+]json\b/i.test(type ?? "") || (/^text\/plain\b/i.test(type ?? "") && /^\s*\{/.test(text));
  return isJson && holdsJson(text) ? { as: "json", text } : null;
}

function holdsJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
