import { BadUrl } from "./errors.ts";

/** Hosts that an operator opened although they are private. Matches by name and, where one was given, port. */
export type AllowList = ReadonlySet<string>;

const ENTRY = /^(\[[0-9a-f:.]+\]|[^\s/:@?#*\\[\]]+)(?::(\d{1,5}))?$/i;

/** Reads `host` and `host:port` entries. Throws `bad_url` on wildcards, addresses with a path, and the like. */
export function parseAllowList(entries: readonly string[]): AllowList {
  return new Set(entries.map((entry) => canonicalEntry(entry.trim())));
}

/** `port` is always the real one, so that `host:80` matches `http://host/`. */
export function isAllowed(list: AllowList, host: string, port: number): boolean {
  return list.size > 0 && (list.has(host) || list.has(`${host}:${port}`));
}

function canonicalEntry(entry: string): string {
  const [, name, port] = ENTRY.exec(bracketed(entry)) ?? [];
  const url = name ? URL.parse(`http://${name}/`) : null;
  if (!url || (port !== undefined && !isPort(Number(port)))) {
    throw new BadUrl(entry, `"${entry.slice(0, 200)}" is not a host that can be opened: write host or host:port`);
  }
  const host = url.hostname.replace(/\.$/, "");
  return port === undefined ? host : `${host}:${Number(port)}`;
}

/** A bare IPv6 address may be written without brackets. */
function bracketed(entry: string): string {
  return /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(entry) ? `[${entry}]` : entry;
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}
