import type { Clock } from "#kernel";
import type { AgentState } from "./agent-chart.ts";
import type { AgentErrorType } from "./agent-error.ts";
import type { AgentStep } from "./exploration.ts";

export interface Entry extends Pick<AgentStep, "label" | "ok" | "reason"> {
  readonly state: AgentState;
  readonly action: string;
  readonly url: string;
  /** From `performance.now()`. */
  readonly startedAt: number;
  readonly by?: AgentStep["decidedBy"];
  readonly confidence?: number;
  readonly tokens?: number;
  readonly error?: AgentErrorType;
  readonly picture?: string | null;
}

const LONGEST_LABEL = 80;

/** What an agent did: for the job's history, for the next question, and for noticing that it goes round in circles. */
export class Diary {
  readonly #clock: Clock;
  readonly #onStep: (step: AgentStep) => void;
  readonly #steps: AgentStep[] = [];
  readonly #remembered: string[] = [];
  readonly #counts = new Map<string, number>();
  #questions = 0;
  #tokens = 0;

  constructor(clock: Clock, onStep: (step: AgentStep) => void = () => undefined) {
    this.#clock = clock;
    this.#onStep = onStep;
  }

  get summary(): { steps: readonly AgentStep[]; questions: number; tokens: number } {
    return { steps: this.#steps, questions: this.#questions, tokens: this.#tokens };
  }

  /** Sentences for the next question, oldest first. */
  get remembered(): readonly string[] {
    return this.#remembered;
  }

  remember(sentence: string): void {
    this.#remembered.push(sentence.slice(0, 300));
  }

  countQuestion(tokens: number): void {
    this.#questions += 1;
    this.#tokens += tokens;
  }

  /** How often this has been so, this time included. */
  count(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  tell({ startedAt, by = null, confidence, tokens = 0, label, picture = null, ...entry }: Entry): void {
    const durationMs = Math.round(performance.now() - startedAt);
    const at = this.#clock();
    const step: AgentStep = {
      at,
      ...entry,
      label: label.slice(0, LONGEST_LABEL),
      decidedBy: by,
      confidence: confidence ?? null,
      tokens,
      durationMs,
      picture,
    };
    this.#steps.push(step);
    this.#onStep(step);
  }
}
