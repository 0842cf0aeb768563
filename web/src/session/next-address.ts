/** Where to go after signing in: an address of this dashboard, whatever the link to the sign-in says. */
export function readNext(raw: Record<string, unknown>): { next?: string } {
  const { next } = raw;
  if (typeof next !== "string" || !next.startsWith("/") || next === "/") return {};
  const target = URL.parse(next, window.location.origin);
  if (target?.origin !== window.location.origin || target.pathname === "/sign-in") return {};
  return { next: `${target.pathname}${target.search}` };
}
