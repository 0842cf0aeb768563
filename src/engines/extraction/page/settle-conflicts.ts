/** The text of a page without what a version control system left undecided in it. */
export interface Settled {
  readonly bytes: Uint8Array;
  /** Blocks of which one side was left out. */
  readonly conflicts: number;
}

/** Places in the text, each behind the one before; `[start, upper)` and `[lower, end)` are the lines of its markers. */
interface Block {
  readonly start: number;
  readonly upper: number;
  readonly lower: number;
  readonly lowerEnd: number;
  readonly end: number;
}

const FIRST = "<<<<<<< ";
/** Markers stand alone on their lines. What sets them in a page for people to read has to write tags or references there. */
const MARKER = /^(?:(<{7}) [^\n<]*|(\|{7})(?: [^\n<]*)?|(={7})\r?|(>{7}) [^\n<]*)(?:\n|(?![^]))/gm;
const TAG = /<[a-z/!][^<>]*>/i;
/** Elements whose text is shown, or run, as it is written: there a page may show what a conflict looks like. */
const VERBATIM = /<!--|<(pre|code|samp|kbd|textarea|script|style|xmp|listing|title)(?=[\s/>])/gi;

/**
 * Unresolved conflicts of a version control system, as stored pages hold them, read as their lower sides: what was being
 * brought in, which is the later capture where captures are committed by a job (a rebase, a stash that is taken back).
 * Both sides in one document are a page that never was. A block counts as one only if its markers stand complete and in
 * order at the starts of lines, if it holds tags, and if it does not begin in text that is shown as it is written, in a
 * script or in a comment: pages about version control show such blocks. All others stay as they are.
 */
export function settleConflicts(bytes: Uint8Array): Settled {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.includes(FIRST)) return { bytes, conflicts: 0 };
  // One character a byte: places in the text are places in the bytes, in every encoding that writes markers as ASCII does.
  const text = buffer.toString("latin1");
  const marked = blocksIn(text).filter(({ upper, lowerEnd }) => TAG.test(text.slice(upper, lowerEnd)));
  const verbatim = marked.length > 0 ? verbatimIn(text) : [];
  let next = 0;
  const blocks = marked.filter(({ start }) => {
    while ((verbatim[next]?.to ?? start) < start) next += 1;
    return (verbatim[next]?.from ?? start) >= start;
  });
  if (blocks.length === 0) return { bytes, conflicts: 0 };
  const kept = blocks.flatMap(({ start, lower, lowerEnd }, at) => [
    buffer.subarray(blocks[at - 1]?.end ?? 0, start),
    buffer.subarray(lower, lowerEnd),
  ]);
  return { bytes: Buffer.concat([...kept, buffer.subarray(blocks.at(-1)?.end)]), conflicts: blocks.length };
}

interface Begun {
  readonly start: number;
  readonly upper: number;
  readonly hasBase: boolean;
  readonly lower: number | null;
}

/** Markers that come in another order are no blocks, nor is what they enclose. */
function blocksIn(text: string): Block[] {
  const blocks: Block[] = [];
  let begun: Begun | null = null;
  for (const match of text.matchAll(MARKER)) {
    const [line, , , , last] = match;
    const end = match.index + line.length;
    if (begun && begun.lower !== null && last !== undefined)
      blocks.push({ ...begun, lower: begun.lower, lowerEnd: match.index, end });
    begun = afterMarker(begun, match, end);
  }
  return blocks;
}

function afterMarker(begun: Begun | null, [line, first, base, middle]: RegExpExecArray, end: number): Begun | null {
  if (first !== undefined) return begun ? null : { start: end - line.length, upper: end, hasBase: false, lower: null };
  if (!begun || begun.lower !== null) return null;
  if (base !== undefined) return begun.hasBase ? null : { ...begun, hasBase: true };
  return middle === undefined ? null : { ...begun, lower: end };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where text is shown as it is written, in order. */
function verbatimIn(text: string): Range[] {
  const ranges: Range[] = [];
  const open = new RegExp(VERBATIM);
  for (let match = open.exec(text); match; match = open.exec(text)) {
    const close = match[1] === undefined ? /-->/g : new RegExp(`</${match[1]}`, "gi");
    close.lastIndex = open.lastIndex;
    const to = close.exec(text)?.index ?? text.length;
    ranges.push({ from: match.index, to });
    open.lastIndex = to;
  }
  return ranges;
}
