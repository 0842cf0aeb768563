import { ApiFailure } from "../api/api-failure.ts";
import type { Job, Portal } from "../api/resources.ts";
import type { BatchLine } from "./batch-lines.ts";

/** One address of a batch, on its way to being watched. */
export interface BatchEntry extends BatchLine {
  step: "waiting" | "starting" | "sent" | "refused" | "stopped";
  /** There from when the server knows it: a second try goes on with the same portal. */
  portal: Portal | null;
  jobId: string | null;
  /** Why the server refused what was asked last. */
  problem: string | null;
  isTicked: boolean;
  isWatched: boolean;
  /** Whether columns were changed and not saved yet. */
  hasUnsaved: boolean;
}

export type BatchState = "waiting" | "learning" | "learnt" | "failed" | "needs_person" | "stopped" | "watched";

/** An entry with the job that learns it, and what both come to. */
export interface BatchRow extends BatchEntry {
  job: Job | null;
  state: BatchState;
  /** Why it failed, or what is in its way. */
  reason: string | null;
}

export function newEntry(line: BatchLine, portal: Portal | null): BatchEntry {
  return {
    ...line,
    step: "waiting",
    portal,
    jobId: null,
    problem: null,
    isTicked: true,
    isWatched: false,
    hasUnsaved: false,
  };
}

export function rowOf(entry: BatchEntry, job: Job | null): BatchRow {
  const state = stateOf(entry, job);
  return { ...entry, job, state, reason: entry.problem ?? reasonOf(state, job) };
}

/** What people call it. */
export function nameOf({ name, portal, url }: BatchRow): string {
  return name ?? portal?.name ?? url;
}

/** What was learnt of it; null until then. */
export function recipeIdOf({ state, job }: BatchRow): string | null {
  return state === "learnt" || state === "watched" ? (job?.recipeId ?? null) : null;
}

/** Why a request for one of them was refused. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiFailure ? error.message : "Something went wrong in this page. Try again.";
}

/** Whether closing would stop something. */
export function isUnderWay({ state }: BatchRow): boolean {
  return state === "waiting" || state === "learning" || state === "needs_person";
}

/** Whether it waits for nothing but to be watched. */
export function isWanted({ state, isTicked }: BatchRow): boolean {
  return state === "learnt" && isTicked;
}

/** How far a batch is, in words. */
export function summaryOf(rows: readonly BatchRow[]): string {
  const count = (...states: BatchState[]) => rows.filter(({ state }) => states.includes(state)).length;
  const parts: [number, string][] = [
    [count("watched"), "watched"],
    [count("failed"), "failed"],
    [count("needs_person"), "waiting for a person"],
    [count("stopped"), "stopped"],
    [count("learning"), "being learnt"],
    [count("waiting"), "waiting"],
  ];
  const rest = parts.flatMap(([number, words]) => (number === 0 ? [] : [`, ${number} ${words}`]));
  return `${count("learnt", "watched")} of ${rows.length} learnt${rest.join("")}`;
}

function stateOf({ step, isWatched }: BatchEntry, job: Job | null): BatchState {
  if (isWatched) return "watched";
  if (step === "refused") return "failed";
  if (step === "waiting" || step === "stopped") return step;
  if (step === "starting" || job === null || job.state === "queued" || job.state === "running") return "learning";
  if (job.state === "needs_person") return "needs_person";
  if (job.state === "cancelled") return "stopped";
  return job.state === "failed" || job.recipeId === null ? "failed" : "learnt";
}

function reasonOf(state: BatchState, job: Job | null): string | null {
  if (state === "needs_person") return job?.wall?.message ?? "The page asks for something that only a person can do.";
  if (state === "failed") return job?.error?.message ?? "No list was found at this address.";
  return null;
}
