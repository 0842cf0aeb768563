/** Resolves an href against a base. Null when it is no address at all; the href itself when it is absolute. */
export function resolveUrl(href: string, base: string | null): string | null {
  const parsed = base === null ? URL.parse(href.trim()) : URL.parse(href.trim(), base);
  return parsed ? parsed.href : null;
}
