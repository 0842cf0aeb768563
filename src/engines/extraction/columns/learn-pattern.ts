import { CODES, compilePattern, matchPattern, partKinds, TYPED } from "./text-pattern.ts";

/** Marks that part a text where they stand with space around, or in brackets. */
const STRONG = /\s[-–—|•·/]\s|\s?;\s|:\s|\s\(|\)\s?|\s\[|\]\s?/g;
const SHARE = 0.6;
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
  for (const skeletonOf of [fineSkeleton, codeSkeleton, dateSkeleton]) {
    const best = mostCommon(sample.map(skeletonOf));
    if (!best || best.count < Math.max(2, sample.length * SHARE)) continue;
    const pattern = withConstants(best.value, sample);
    if (pattern && isWorthwhile(pattern, sample)) return pattern;
  }
  return null;
}

const fineSkeleton = (text: string): string => skeleton(text, typedIn(text, true), true);
const codeSkeleton = (text: string): string => skeleton(text, typedIn(text, true), false);
const dateSkeleton = (text: string): string => skeleton(text, typedIn(text, false).slice(0, 2), false);

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

function skeleton(text: string, typed: readonly Typed[], splits: boolean): string {
  let out = "";
  let at = 0;
  for (const { kind, start, end } of typed) {
    out += between(text.slice(at, start), splits, at > 0, true) + `{${kind}}`;
    at = end;
  }
  return out + between(text.slice(at), splits, at > 0, false);
}

/** Free text between typed parts: punctuation at its ends is literal, strong marks inside split it. */
function between(text: string, splits: boolean, afterTyped: boolean, beforeTyped: boolean): string {
  const lead = afterTyped ? (/^[^\p{L}\p{N}"'“$]*/u.exec(text)?.[0] ?? "") : "";
  const rest = text.slice(lead.length);
  const tail = beforeTyped ? (/[^\p{L}\p{N}"'”.]*$/u.exec(rest)?.[0] ?? "") : "";
  const middle = rest.slice(0, rest.length - tail.length);
  if (!/[\p{L}\p{N}]/u.test(middle)) return escapeBraces(text);
  if (!splits) return `${escapeBraces(lead)}{}${escapeBraces(tail)}`;
  let out = "";
  let at = 0;
  for (const match of middle.matchAll(STRONG)) {
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

/** One free part and nothing else says nothing. */
function isWorthwhile(source: string, texts: readonly string[]): boolean {
  const pattern = compilePattern(source);
  const kinds = partKinds(pattern);
  if (kinds.length === 0 || kinds.length > 8 || source === `{${kinds[0] === "any" ? "" : kinds[0]}}`) return false;
  const matched = texts.filter((text) => matchPattern(pattern, text) !== null).length;
  return matched >= Math.max(2, texts.length * SHARE);
}

export function mostCommon(values: readonly string[]): { value: string; count: number } | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: string; count: number } | null = null;
  for (const [value, count] of counts) if (!best || count > best.count) best = { value, count };
  return best;
}
