/** A stretch of a text: from and to, in characters. */
export type Stretch = readonly [from: number, to: number];

const DEEPEST = 40;

/**
 * JSON with a line for each value, and where a stretch of it stands then. Words between quotes are left as they are; text that
 * is no JSON is only broken into lines, never refused. One pass, whatever the nesting.
 */
export function indentJson(source: string, stretch: Stretch | null): { text: string; stretch: Stretch | null } {
  const parts: string[] = [];
  let [length, depth, from, to] = [0, 0, 0, 0];
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (const { token, at } of tokensOf(source)) {
    if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      add(lineAt(depth));
    }
    if (stretch && at <= stretch[0]) from = length + stretch[0] - at;
    if (stretch && at < stretch[1]) to = length + stretch[1] - at;
    add(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth += 1;
    if (token === "{" || token === "[" || token === ",") add(lineAt(depth));
  }
  return { text: parts.join(""), stretch: stretch && [from, to] };
}

function lineAt(depth: number): string {
  return `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
}

function* tokensOf(source: string): Generator<{ token: string; at: number }> {
  for (const { 0: token, index: at } of source.matchAll(/"(?:[^"\\]|\\[^])*"?|[{}[\],:]|[^\s"{}[\],:]+/g))
    yield { token, at };
}
