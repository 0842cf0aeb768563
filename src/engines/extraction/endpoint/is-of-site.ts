import { getDomain } from "tldts";

/**
 * Whether two addresses belong to one site: the same host and port, or hosts below one registered domain. A recipe leads nowhere
 * else, so that nobody can have strangers asked by uploading one.
 */
export function isOfSite(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  if (!a || !b) return false;
  if (a.host === b.host) return true;
  const domain = getDomain(a.hostname, { allowPrivateDomains: true });
  return domain !== null && domain === getDomain(b.hostname, { allowPrivateDomains: true });
}
