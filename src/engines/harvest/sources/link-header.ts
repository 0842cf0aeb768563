const LINK = /<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)/g;
const RELATION = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i;
const LONGEST = 8_000;

/** Reads the paging of a `Link` header (RFC 8288); null where the header has none. */
export function pageLinks(header: string | undefined, url: string): { readonly next?: string } | null {
  if (header === undefined) return null;
  let isPaged = false;
  for (const [, target = "", parameters = ""] of header.slice(0, LONGEST).matchAll(LINK)) {
    const relation = RELATION.exec(parameters);
    const names = (relation?.[1] ?? relation?.[2] ?? "").toLowerCase().split(/\s+/);
    const next = names.includes("next") ? URL.parse(target, url)?.href : undefined;
    if (next !== undefined) return { next };
    if (["prev", "previous", "last"].some((name) => names.includes(name))) isPaged = true;
  }
  return isPaged ? {} : null;
}
