/** Cuts the marks that only part a value from its neighbours: commas, dashes, bullets, a bracket without its partner. */
export function trimDecoration(text: string): { start: number; end: number } {
  let start = 0;
  let end = text.length;
  if (hasPlainEnds(text, start, end)) return { start, end };
  if (!MARK.test(text.charAt(0)) && !MARK.test(text.charAt(end - 1))) return { start, end };
  for (let moved = true; moved && start < end;) {
    moved = false;
    const first = text[start] ?? "";
    const last = text[end - 1] ?? "";
    const inner = text.slice(start, end);
    if (
      /[\s,;:|–—•·/>»*]/.test(first) ||
      (first === "-" && /^-\s/.test(inner)) ||
      /[)\]]/.test(first) ||
      (/[([]/.test(first) && !balanced(inner))
    ) {
      start += 1;
      moved = true;
    } else if (
      /[\s,;:|–—•·/<«]/.test(last) ||
      (last === "-" && /\s-$/.test(inner)) ||
      /[([]/.test(last) ||
      (/[)\]]/.test(last) && !balanced(inner))
    ) {
      end -= 1;
      moved = true;
    } else if (/^\(.*\)$/.test(inner) && balanced(inner.slice(1, -1))) {
      start += 1;
      end -= 1;
      moved = true;
    }
  }
  return start < end ? { start, end } : { start: 0, end: text.length };
}

/** All that is ever cut at an end. */
const MARK = /[\s,;:|–—•·/<>«»*()[\]-]/;

/** Whether a stretch of text begins and ends with what is never cut. */
export const hasPlainEnds = (text: string, start: number, end: number): boolean =>
  start < end && isWordCode(text.charCodeAt(start)) && isWordCode(text.charCodeAt(end - 1));

/** An ASCII letter or digit: never cut, and what most values begin and end with. */
const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === "(" || char === "[") depth += 1;
    if (char === ")" || char === "]") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
