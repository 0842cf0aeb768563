import { CODES, compilePattern, matchPattern, partKinds, TYPED } from "./text-pattern.ts";

/** Marks that part a text where they stand with space around, or in brackets. */
const STRONG = /\s[-–—|•·/]\s|\s?;\s|:\s|\s\(|\)\s?|\s\[|\]\s?/g;
/** Of these, those that people do not write between words of one title. */
const PLAIN = /\s[|•·]\s|\s?;\s|:\s|\s\(|\)\s?|\s\[|\]\s?/g;
const SHARE = 0.6;
/** A coarser reading is taken for so many more of the texts. */
const WORTH_LESS = 0.15;
const MAX_PATTERN = 200;

interface Typed {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds how the texts of a column are built, when most are built alike: dates, codes and times inside a text, and parts
 * between brackets, dashes and colons. Finer readings are tried first. Null when the texts have no common build.
 */
export function learnPattern(texts: readonly string[]): string | null {
  const filled = texts.filter((text) => text !== "" && text.length <= 600);
  if (filled.length < 2) return null;
  const sample = filled.slice(0, 150);
  let best: { pattern: string; matched: number } | null = null;
  for (const skeletonOf of [fineSkeleton, plainSkeleton, codeSkeleton, dateSkeleton]) {
    if (best && best.matched >= sample.length * (1 - WORTH_LESS)) break;
    const common = mostCommon(sample.map(skeletonOf));
    if (!common || common.count < Math.max(2, sample.length * SHARE)) continue;
    const pattern = withConstants(common.value, sample);
    const matched = pattern === null ? 0 : worthwhile(pattern, sample);
    if (pattern !== null && matched > (best?.matched ?? 0) + (best ? sample.length * WORTH_LESS : 0))
      best = { pattern, matched };
  }
  return best?.pattern ?? null;
}

const fineSkeleton = (text: string): string => skeleton(text, typedIn(text, true), STRONG);
const plainSkeleton = (text: string): string => skeleton(text, typedIn(text, true), PLAIN);
const codeSkeleton = (text: string): string => skeleton(text, typedIn(text, true), null);
const dateSkeleton = (text: string): string => skeleton(text, typedIn(text, false).slice(0, 2), null);

function typedIn(text: string, codes: boolean): Typed[] {
  const found: Typed[] = [];
  for (const match of text.matchAll(TYPED))
    found.push({
      kind: match.groups?.["date"] === undefined ? "time" : "date",
      start: match.index,
      end: match.index + match[0].length,
    });
  if (codes)
    for (const match of text.matchAll(CODES)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (!found.some((one) => start < one.end && one.start < end)) found.push({ kind: "code", start, end });
    }
  return found.sort((a, b) => a.start - b.start).slice(0, 6);
}

function skeleton(text: string, typed: readonly Typed[], splits: RegExp | null): string {
  let out = "";
  let at = 0;
  for (const { kind, start, end } of typed) {
    out += between(text.slice(at, start), splits, at > 0, true) + `{${kind}}`;
    at = end;
  }
  return out + between(text.slice(at), splits, at > 0, false);
}

/** Free text between typed parts: punctuation at its ends is literal, strong marks inside split it. */
function between(text: string, splits: RegExp | null, afterTyped: boolean, beforeTyped: boolean): string {
  const lead = afterTyped ? (/^[^\p{L}\p{N}"'“$]*/u.exec(text)?.[0] ?? "") : "";
  const rest = text.slice(lead.length);
  const tail = beforeTyped ? (/[^\p{L}\p{N}"'”.]*$/u.exec(rest)?.[0] ?? "") : "";
  const middle = rest.slice(0, rest.length - tail.length);
  if (!/[\p{L}\p{N}]/u.test(middle)) return escapeBraces(text);
  if (splits === null) return `${escapeBraces(lead)}{}${escapeBraces(tail)}`;
  let out = "";
  let at = 0;
  for (const match of middle.matchAll(splits)) {
    if (match.index > at) out += "{}";
    out += match[0];
    at = match.index + match[0].length;
  }
  if (at < middle.length) out += "{}";
  return `${escapeBraces(lead)}${out}${escapeBraces(tail)}`;
}

const escapeBraces = (text: string): string => text.replace(/[{}]/g, "");

/** Parts that read the same in (nearly) all texts are labels: they become literal. */
function withConstants(source: string, texts: readonly string[]): string | null {
  const pattern = compilePattern(source);
  const matches = texts.flatMap((text) => {
    const spans = matchPattern(pattern, text);
    return spans ? [spans.map(([start, end]) => text.slice(start, end))] : [];
  });
  if (matches.length < Math.max(2, texts.length * SHARE)) return null;
  let part = -1;
  const constant = source.replace(/\{(|date|code|time)\}/g, (token) => {
    part += 1;
    const best = mostCommon(matches.map((values) => values[part] ?? ""));
    const isLabel = best !== null && matches.length >= 3 && best.count === matches.length && best.value.length <= 60;
    return isLabel ? best.value : token;
  });
  return constant.length <= MAX_PATTERN ? constant : null;
}

/** How many texts a pattern reads; none where it says nothing: one free part and nothing else. */
function worthwhile(source: string, texts: readonly string[]): number {
  const pattern = compilePattern(source);
  const kinds = partKinds(pattern);
  if (kinds.length === 0 || kinds.length > 8 || source === `{${kinds[0] === "any" ? "" : kinds[0]}}`) return 0;
  const matched = texts.filter((text) => matchPattern(pattern, text) !== null).length;
  return matched >= Math.max(2, texts.length * SHARE) ? matched : 0;
}

export function mostCommon(values: readonly string[]): { value: string; count: number } | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: string; count: number } | null = null;
  for (const [value, count] of counts) if (!best || count > best.count) best = { value, count };
  return best;
}
