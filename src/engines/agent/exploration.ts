import type { BrowserSession } from "#engines/browser";
import type { AskedInput, InputValues, LearnedByPointing, Wish } from "#engines/extraction";
import type { Adoption, HarvestWall, ListHints, People, RecipeWay, StoredRecipe } from "#engines/harvest";
import type { AgentErrorType } from "./agent-error.ts";
import type { AgentState } from "./agent-chart.ts";

export interface ExplorationRequest extends ListHints {
  readonly url: string;
  readonly wish?: Wish;
  /** What the person asked for in words; with it the choice of the list is judged, not only found. */
  readonly instructions?: string;
  /** What may be written into a search. Left out: the period that the instructions speak of. */
  readonly inputs?: readonly AskedInput[];
  /** IANA name of the zone whose day `today` is in an input. Default UTC. */
  readonly timeZone?: string;
  /** Hosts besides the portal's own that belong to it. */
  readonly hosts?: readonly string[];
  readonly allowHosts?: readonly string[];
  readonly robots?: "respect" | "ignore";
  /** Default 20. */
  readonly maxPages?: number;
  /** Default 10. */
  readonly maxActionsPerPage?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: AgentStep) => void;
  /** Without them nobody watches, and a wall ends the exploration. */
  readonly people?: People;
}

/** One thing the agent did, for the history of the job. No page content but short labels of controls. */
export interface AgentStep {
  readonly at: Date;
  readonly state: AgentState;
  readonly action: string;
  readonly url: string;
  /** Of the control, cut. */
  readonly label: string;
  readonly ok: boolean;
  /** Why it was decided, or refused. */
  readonly reason: string;
  /** Null for what nobody decided, such as opening the first page. */
  readonly decidedBy: "analyser" | "model" | "cache" | null;
  readonly confidence: number | null;
  readonly tokens: number;
  readonly durationMs: number;
  readonly error?: AgentErrorType;
  /** SHA-256 of the picture that was kept of the page it led to. */
  readonly picture: string | null;
}

export type ExplorationResult = {
  readonly steps: readonly AgentStep[];
  readonly questions: number;
  readonly tokens: number;
} & (
  | { readonly kind: "learnt"; readonly stored: StoredRecipe; readonly notes: readonly string[] }
  | { readonly kind: "wall"; readonly wall: HarvestWall }
  | { readonly kind: "not_found" | "failed" | "cancelled"; readonly reason: string; readonly error?: AgentErrorType }
  /** `code` of the refusal or failure behind it: nobody could be asked, or nobody answered. */
  | { readonly kind: "failed"; readonly reason: string; readonly error: "llm_error"; readonly code: string }
);

/** A list that was pointed at, and the ways by which it may be reached again. */
export interface Proposal {
  readonly recipe: NonNullable<LearnedByPointing["recipe"]>;
  readonly expected: readonly string[];
  readonly ways: readonly RecipeWay[];
  /** What the recipe's inputs are today. */
  readonly values: InputValues;
}

export type Adopt = (proposal: Proposal, beside: BrowserSession | null) => Promise<Adoption>;
