/** How many portals can be added at once. */
export const MOST_LINES = 100;

const LONGEST_ADDRESS = 8_000;
const LONGEST_NAME = 300;

/** An address that was pasted, with the name it is to have. */
export interface BatchLine {
  /** Its place in what was pasted, from 1. */
  line: number;
  url: string;
  name: string | null;
}

/** A line that cannot be taken, and why. */
export interface BatchFault {
  line: number;
  text: string;
  problem: string;
}

/** What a pasted text asks for. */
export interface PastedBatch {
  lines: BatchLine[];
  faults: BatchFault[];
  blank: number;
  /** Lines whose address stands above already. */
  repeated: number;
  /** Lines whose address is watched already. */
  watched: number;
}

/** Reads one address a line. Empty lines, repeated addresses and those in `watchedUrls` are dropped, and counted. */
export function readBatch(text: string, watchedUrls: ReadonlySet<string>): PastedBatch {
  const batch: PastedBatch = { lines: [], faults: [], blank: 0, repeated: 0, watched: 0 };
  const seen = new Set<string>();
  const all = text.trimEnd() === "" ? [] : text.trimEnd().split(/\r\n|\r|\n/);
  for (const [index, whole] of all.entries()) {
    const line = index + 1;
    const trimmed = whole.trim();
    if (trimmed === "") {
      batch.blank += 1;
      continue;
    }
    const { address, name } = partsOf(trimmed);
    const problem = problemOf(address, name);
    if (problem !== null) {
      batch.faults.push({ line, text: trimmed, problem });
      continue;
    }
    const url = new URL(address).href;
    if (seen.has(url)) batch.repeated += 1;
    else if (watchedUrls.has(url)) batch.watched += 1;
    else batch.lines.push({ line, url, name: name === "" ? null : name });
    seen.add(url);
  }
  return batch;
}

/** A comma may be part of an address: there it parts the name only with a space behind it, or where no query stands. */
function partsOf(line: string): { address: string; name: string } {
  const [, address = line, name = ""] =
    /^([^\t]*)\t(.*)$/.exec(line) ?? /^(\S+?)\s*,\s+(.*)$/.exec(line) ?? /^([^?\s,]+),([^/=&?]*)$/.exec(line) ?? [];
  return { address: address.trim().replace(/,$/, ""), name: name.trim() };
}

function problemOf(address: string, name: string): string | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return "This is not the address of a web page. It begins with https:// or http://.";
  }
  if (url.username !== "" || url.password !== "") {
    return "A name and a password do not belong in the address. Add this portal by itself, with its sign-in.";
  }
  if (address.length > LONGEST_ADDRESS) return `The address is longer than ${LONGEST_ADDRESS} characters.`;
  if (name.length > LONGEST_NAME) return `The name is longer than ${LONGEST_NAME} characters.`;
  return null;
}
