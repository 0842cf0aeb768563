import type { Spending } from "./budget.ts";

/** US dollars per million tokens, which is millionths of a dollar per token. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export function costOf(price: Price | null, inputTokens: number, outputTokens: number): number | null {
  return price === null ? null : Math.ceil(inputTokens * price.input + outputTokens * price.output);
}

/** More than a JPEG of 1280 × 1280 takes at any of the providers. */
const TOKENS_PER_PICTURE = 2_600;
/** Fewer than in any language that portals are written in but the East Asian ones, which have about one. */
const CHARACTERS_PER_TOKEN = 2.5;

/** More than a text of any language is likely to take. */
export function estimateTokens(text: string, pictures = 0): number {
  const wide = [...text.matchAll(/[\u1100-\u11ff\u2e80-\uffdc]/g)].length;
  return Math.ceil((text.length - wide) / CHARACTERS_PER_TOKEN) + wide + pictures * TOKENS_PER_PICTURE;
}

/** What a request may take at most: reserved before it is sent, so that questions at one time cannot overspend together. */
export function mostSpending(inputTokens: number, maxOutputTokens: number, price: Price | null): Spending {
  return { tokens: inputTokens + maxOutputTokens, microUsd: costOf(price, inputTokens, maxOutputTokens) ?? 0 };
}
