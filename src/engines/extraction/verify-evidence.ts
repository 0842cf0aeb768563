import type { Element } from "domhandler";
import { nodeAt } from "./page/node-path.ts";
import type { Page } from "./page/page.ts";
import { scriptText } from "./page/script-text.ts";
import { collapse, textOf } from "./page/text-of.ts";
import { followsExactly, valueFollows } from "./value-follows.ts";
import type { ValueFormat } from "./values/value-format.ts";
import type { ExtractedValue } from "./values/extracted-value.ts";

export type EvidenceVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** A quote with its place, and, to be checked against the quote, the value that was read from it. */
type Quote = Pick<ExtractedValue, "raw" | "path" | "attribute" | "range"> &
  Partial<Pick<ExtractedValue, "value" | "type">> & {
    /** How the column's values are written: the value must follow from the quote in this very format. */
    readonly format?: ValueFormat;
  };

/**
 * Finds the quote of a value again at the place it names. Whitespace runs count as one space; nothing else is forgiven.
 * Where `value` and `type` are given, the value must also be what the quote says.
 */
export function verifyEvidence({ page, value }: { page: Page; value: Quote }): EvidenceVerdict {
  const node = nodeAt(page.root, value.path);
  if (!node) return { ok: false, reason: `The page has no element at ${value.path}.` };
  const source = value.attribute === undefined ? sourceOf(node) : node.attribs[value.attribute];
  if (source === undefined) return { ok: false, reason: `The element has no attribute ${value.attribute}.` };
  const found = value.range ? source.slice(value.range[0], value.range[1]) : source;
  if (found !== value.raw && collapse(found) !== collapse(value.raw))
    return { ok: false, reason: "The quote does not stand at the place that the value names." };
  if (value.value === undefined || value.type === undefined) return { ok: true };
  const { type, raw, format } = value;
  const follows = format ? followsExactly : valueFollows;
  if (follows(page, { value: value.value, raw, type, format: format ?? {} })) return { ok: true };
  return { ok: false, reason: "The value is not what its quote says." };
}

/** Ranges in a script count in its source text, elsewhere in the visible text. */
function sourceOf(node: Element): string {
  return node.name === "script" ? scriptText(node) : textOf(node);
}
