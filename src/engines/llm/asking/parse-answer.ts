import type { z } from "zod";

export type Parsed<T> =
  | { readonly ok: true; readonly answer: T }
  /** What is wrong, by path in the answer; never what stood there. */
  | { readonly ok: false; readonly problems: readonly string[] };

const MOST_PROBLEMS = 6;

/** Reads an answer: JSON alone, or the first whole JSON value among other words, such as those of a code block. */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  const json = readJson(text);
  if (json === undefined) return { ok: false, problems: ["it is not JSON"] };
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, answer: parsed.data };
  const problems = parsed.error.issues.map(({ path, code }) => `${path.join(".") || "the answer"}: ${code}`);
  return { ok: false, problems: [...new Set(problems)].slice(0, MOST_PROBLEMS) };
}

function readJson(text: string): unknown {
  for (const candidate of [text, firstWhole(text)]) {
    if (candidate === null) continue;
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** From the first bracket to the one that closes it; null where none does: what was cut is not guessed. */
function firstWhole(text: string): string | null {
  const start = text.search(/[{[]/);
  let depth = 0;
  let quoted = false;
  for (let at = Math.max(start, 0); start >= 0 && at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return text.slice(start, at + 1);
    }
  }
  return null;
}
