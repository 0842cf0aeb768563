/** Who came to a decision: rules in this program, a model that was asked now, or an answer that a model gave before. */
export type DecidedBy = "analyser" | "model" | "cache";

/** What an answer took. A cached answer took nothing. */
export interface Usage {
  /** Requests that reached a model, repairs included. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar; null where the price of the model is not known. */
  readonly microUsd: number | null;
}

export const NO_USAGE: Usage = { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** A decision together with who made it, so that a person can see which of the two it was. */
export interface Judgement<T> {
  readonly decidedBy: DecidedBy;
  readonly answer: T;
  /** `provider:model`; null for the analyser. */
  readonly model: string | null;
  readonly usage: Usage;
  /** 0 to 1, as whoever decided said; null where nothing was said. */
  readonly confidence: number | null;
}

/** Whoever can be asked to decide: the built-in analyser and a model stand behind the same door. Null: cannot tell. */
export interface Decider<Question, T> {
  decide(question: Question, signal?: AbortSignal): Promise<Judgement<T> | null>;
}

/** A decision of the built-in analyser, which asks nobody and costs nothing. */
export function byAnalyser<T>(answer: T, confidence: number): Judgement<T> {
  return { decidedBy: "analyser", answer, model: null, usage: NO_USAGE, confidence };
}

/** The `confidence` that an answer itself states. */
export function statedConfidence(answer: unknown): number | null {
  if (typeof answer !== "object" || answer === null || !("confidence" in answer)) return null;
  const { confidence } = answer;
  return typeof confidence === "number" && confidence >= 0 && confidence <= 1 ? confidence : null;
}
