import type { AskedInput, ExtractedRecord, ListDoubt, PageKind, Recipe, Wish } from "#engines/extraction";
import type { LogIn } from "./logins/log-in.ts";
import type { Completeness, StopReason } from "./completeness.ts";
import type { People } from "./people.ts";
import type { HarvestAlarm, HarvestStep, OnHarvestProgress } from "./progress.ts";

export type Transport = "http" | "browser";

/** What a person says of a list. Learning takes each where it fits the page, and tells in the notes where it does not. */
export interface ListHints {
  /** Where the list is: a selector of its records, or of what holds them. */
  readonly listSelector?: string;
  /** The control that leads on. */
  readonly nextSelector?: string;
  /** A link of each record to its own page. */
  readonly detailSelector?: string;
  /** How the list goes on: by links, by a control that loads more, or when it is scrolled. */
  readonly goesOn?: "pages" | "load-more" | "scroll";
}

interface Reach {
  /** `auto` (default) asks over HTTP and takes a browser only where the static page does not hold the records. */
  readonly transport?: Transport | "auto";
  /** Hosts (`host` or `host:port`) that the address guard lets through for this call only. */
  readonly allowHosts?: readonly string[];
  /** `ignore` is the operator's decision and is recorded with the run. Default `respect`. */
  readonly robots?: "respect" | "ignore";
  /** Between two requests to one host. Slows this call down, never below the operator's own pace. */
  readonly minDelayMs?: number;
  /** What the search form on the way to the list is asked; with a recipe, what it asks instead of what it was learnt with. */
  readonly inputs?: readonly AskedInput[];
  /** IANA name of the zone whose day `today` is in an input. Default UTC. */
  readonly timeZone?: string;
  /** Who signs in where the portal asks for it. Never stored with the run: a resumed run needs it again. */
  readonly logIn?: LogIn;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnHarvestProgress;
  /** Without them nobody watches, and a wall ends the call. */
  readonly people?: People;
}

export interface LearnRequest extends Reach, ListHints {
  readonly url: string;
  readonly wish?: Wish;
  /** Learn the page behind each record too, from two or three of them. */
  readonly details?: boolean;
  /** Leave JSON-LD, microdata and script state aside. Default true: they are read. */
  readonly embedded?: boolean;
}

export interface LearnOutcome {
  /** Null when the page holds no list. */
  readonly recipe: Recipe | null;
  readonly recipeId: string | null;
  readonly recipeVersion: number | null;
  readonly sample: readonly ExtractedRecord[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly kind: PageKind;
  /** For people who may do something about it: what was unsure, which hints or wishes did not fit, with the next step. */
  readonly notes: readonly string[];
  /** For people who want to know: why this transport, where the records come from. Nobody has to do anything. */
  readonly how: readonly string[];
  /** What speaks against taking it for a list of opportunities without asking anybody. */
  readonly doubts: readonly ListDoubt[];
  readonly wall: HarvestWall | null;
}

/** How a log-in went that was tried for its own sake. */
export interface LogInTrial {
  /** False where the page was shown to a stranger: nobody asked to sign in. */
  readonly isSignedIn: boolean;
  /** Records of the list behind it; 0 where no list was found. */
  readonly records: number;
  readonly wall: HarvestWall | null;
}

/** A page that needs a person. */
export interface HarvestWall {
  readonly kind: string;
  readonly url: string;
  readonly message: string;
}

/** Exactly one of `url`, `recipe`, `recipeId` and `resume` says what to harvest. */
export interface HarvestRequest extends Reach, ListHints {
  readonly url?: string;
  readonly recipe?: Recipe;
  readonly recipeId?: string;
  /** Continues a run that was cut off. Everything else but `signal` and `onProgress` comes from that run. */
  readonly resume?: string;
  readonly wish?: Wish;
  /** Default 1000. */
  readonly maxPages?: number;
  /** Default one hour. */
  readonly maxMs?: number;
  readonly details?: boolean;
  /** List pages that are known beforehand: asked for side by side instead of following the pager. */
  readonly addresses?: readonly string[];
  /** False stores no pages; values are still checked against the page, but nothing can be verified later. */
  readonly evidence?: boolean;
  /** A run that `signal` ends is not finished: `resume` goes on with it. Asked when it has ended. Default false. */
  readonly staysOpenWhenCancelled?: boolean | (() => boolean);
  /** Requests at a time, for `addresses` and details. Default 4; the per-host pace still applies. */
  readonly concurrency?: number;
  readonly embedded?: boolean;
}

export interface HarvestResult {
  readonly run: string;
  readonly recipeId: string | null;
  readonly recipeVersion: number | null;
  readonly recipe: Recipe | null;
  readonly completeness: Completeness;
  readonly reason: StopReason;
  /** List pages whose records were kept. */
  readonly pages: number;
  /** Distinct records; read them with `Harvester.records(run)`. */
  readonly recordCount: number;
  readonly unverifiedCount: number;
  readonly interactions: readonly HarvestStep[];
  readonly alarms: readonly HarvestAlarm[];
  readonly notes: readonly string[];
  readonly wall: HarvestWall | null;
}
