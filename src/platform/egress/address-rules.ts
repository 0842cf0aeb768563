import ipaddr from "ipaddr.js";
import { AddressRefused, BadUrl } from "./errors.ts";

/** An address as far as it can be judged without asking DNS. */
export interface Target {
  url: URL;
  /** Lower case, without brackets and trailing dot. */
  host: string;
  port: number;
  /** Set when the host is an address already, in canonical spelling. */
  literal: string | null;
}

/** Ports that browsers refuse too. Source: WHATWG Fetch, "bad port". */
const BAD_PORTS = new Set(
  (
    "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 " +
    "139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 " +
    "1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
  )
    .split(" ")
    .map(Number),
);

/** Names that mean "this machine" or "this network" whatever DNS says. Source: RFC 6761, RFC 6762, RFC 8375. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|localdomain|onion)$/;

/** Reads an address into its target. Throws `bad_url` or, for a port that no web server uses, `address_refused`. */
export function parseTarget(address: string): Target {
  const url = address.length <= 16_384 ? URL.parse(address) : null;
  if (!url) throw new BadUrl(address, "This is not a web address");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new BadUrl(address, `Addresses of the kind "${url.protocol}" are not asked`);
  }
  if (url.username !== "" || url.password !== "")
    throw new BadUrl(address, "The address contains a user name or password");
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  if (host === "" || host.length > 253) throw new BadUrl(address, "The address has no usable host");
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (port === 0 || BAD_PORTS.has(port)) {
    throw new AddressRefused(address, `Port ${port} is not for web servers`, "Serve the site at another port.");
  }
  return { url, host, port, literal: ipaddr.isValid(host) ? ipaddr.parse(host).toString() : null };
}

/** Whether a host name says by itself that it is local, before DNS is asked. */
export function isLocalName(host: string): boolean {
  return LOCAL_NAME.test(host) || (!host.includes(".") && !host.includes(":"));
}

/**
 * Why an IP address is not public, or null when it is. Everything that is not plain global unicast is refused,
 * as are the forms of IPv6 that carry an IPv4 address: a translator on the way could lead them anywhere.
 */
export function privateRange(address: string): string | null {
  if (!ipaddr.isValid(address)) return "not an IP address";
  const ip = ipaddr.parse(address);
  if (ip.kind() === "ipv6" && ip.range() === "unicast") {
    // 2000::/3 is all that is assigned for the public internet (RFC 4291); ::a.b.c.d and others lie outside.
    const first = ip.toByteArray()[0] ?? 0;
    return (first & 0xe0) === 0x20 ? null : "reserved";
  }
  if (ip.kind() === "ipv4" && EXTRA_METADATA.has(ip.toString())) return "metadata";
  return ip.range() === "unicast" ? null : ip.range();
}

/** Cloud metadata services that live on addresses which count as public. */
const EXTRA_METADATA = new Set(["168.63.129.16", "100.100.100.200", "192.0.0.192"]);
