/** Resolves an href against a base. Null when it is no address at all; the href itself when it is absolute. */
export function resolveUrl(href: string, base: string | null): string | null {
  const address = href.trim();
  if (base === null) return URL.parse(address)?.href ?? null;
  return joined(address, base) ?? URL.parse(address, base)?.href ?? null;
}

/** What a relative address is put behind. */
interface BaseParts {
  readonly base: string;
  /** Scheme, host and port, without the slash that follows. */
  readonly root: string;
  readonly path: string;
  /** The path up to its last slash. */
  readonly folder: string;
}

/** Nothing in here is rewritten when an address is parsed: no escapes to make, no dots to resolve, no fragment. */
const PLAIN = /^[\w~!$&'()*+,;=:@/.-]*(?:\?[\w~!$&()*+,;=:@/?%.-]*)?$/;

/** The links of a page resolve against one base, mostly page after page. */
let latest: BaseParts | null = null;

/**
 * A plain address is resolved by putting strings together, with the result that the URL parser gives, in a tenth of its
 * time. Null when it takes the parser.
 */
function joined(address: string, base: string): string | null {
  if (!PLAIN.test(address) || address.includes("/.")) return null;
  if (latest?.base !== base) latest = partsOf(base);
  const { root, path, folder } = latest;
  if (root === "") return null;
  switch (address.charAt(0)) {
    case "/":
      return address.startsWith("//") ? null : root + address;
    case "?":
      return root + path + address;
    case "":
    case ".":
      return null;
    default:
      if (address.startsWith(root) && address.charAt(root.length) === "/") return address;
      return colonIn(address) ? null : root + folder + address;
  }
}

/** A colon before the query may end a scheme. */
function colonIn(address: string): boolean {
  const colon = address.indexOf(":");
  const query = address.indexOf("?");
  return colon >= 0 && (query < 0 || colon < query);
}

/** An empty root stands for a base whose addresses the parser must resolve. */
function partsOf(base: string): BaseParts {
  const url = URL.parse(base);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return { base, root: "", path: "", folder: "" };
  const { pathname: path, href } = url;
  const root = href.slice(0, href.indexOf(path, href.indexOf("//") + 2));
  return { base, root, path, folder: path.slice(0, path.lastIndexOf("/") + 1) };
}
