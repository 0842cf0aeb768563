import { readFile } from "node:fs/promises";
import { AddressesUnreadable } from "./errors.ts";

/** They are stored with their run. */
const MOST = 100_000;

/**
 * Addresses of list pages from a text file, one a line, each once, in their order. Empty lines and those that begin with `#`
 * say nothing. Throws `AddressesUnreadable`.
 */
export async function readAddresses(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new AddressesUnreadable(file, "it cannot be opened", error);
  });
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\ufeff/, "").trim());
  const addresses = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (line === "" || line.startsWith("#")) continue;
    if (!/^https?:\/\/[^\s/]/i.test(line) || !URL.canParse(line))
      throw new AddressesUnreadable(file, `line ${at + 1} is no address that begins with http:// or https://`);
    addresses.add(line);
  }
  if (addresses.size === 0) throw new AddressesUnreadable(file, "it holds none");
  if (addresses.size > MOST) throw new AddressesUnreadable(file, `it holds more than ${MOST}; take several runs`);
  return [...addresses];
}
