import type { PageOutline, Span } from "../outline/page-outline.ts";

/** A label and where its value stands. */
export interface LabelledValue {
  readonly label: string;
  readonly span: Span;
}

const LABEL = /^([\p{L}][\p{L}\p{N} .'’()/&#*-]{1,38}?)\s?:(?=\s|$)/u;

/** Values that stand after a label: `Closing: 12 May` on one line, or `Closing:` on one line and the value on the next. */
export function labelledIn(outline: PageOutline, span: Span): LabelledValue[] {
  const found: LabelledValue[] = [];
  const lines = outline.linesIn(span);
  for (let i = 0; i < lines.length && found.length < 60; i += 1) {
    const line = lines[i];
    if (!line) continue;
    const text = outline.text.slice(line[0], line[1]);
    const match = LABEL.exec(text);
    if (!match?.[1]) continue;
    const label = labelKey(match[1]);
    const rest = text.slice(match[0].length);
    const start = line[0] + match[0].length + (rest.length - rest.trimStart().length);
    if (start < line[1]) found.push({ label, span: [start, line[1]] });
    else {
      const next = lines[i + 1];
      if (next && !LABEL.test(outline.text.slice(next[0], next[1]))) found.push({ label, span: next });
    }
  }
  return found;
}

/** Labels are compared without case and marks. */
export const labelKey = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, " ")
    .trim();
