import { BadPortalUrl, RobotsReasonMissing } from "../errors.ts";
import { whatIsWrongWith } from "../web-address.ts";
import {
  acceptConfiguration,
  type Abilities,
  type PortalConfiguration,
  type RequestedConfiguration,
} from "./configuration.ts";
import { pausedBy, PROGRAM, resumed, UNWATCHED, type Pausable, type TimeTable } from "./time-table.ts";

export interface RobotsPolicy {
  robots: "respect" | "ignore";
  /** Why it is ignored, in the operator's words; null where it is respected. */
  robotsReason: string | null;
}

export type PortalStatus = "pending" | "in_progress" | "completed" | "failed";

/** A site with lists of opportunities. */
export interface Portal extends RobotsPolicy, TimeTable, Pausable {
  id: string;
  name: string;
  url: string;
  state: string | null;
  capital: string | null;
  status: PortalStatus;
  configuration: PortalConfiguration;
  /** The recipe that its jobs replay; null until one was learnt. */
  recipeId: string | null;
  consecutiveFailures: number;
  /** How many opportunities its last complete job found. */
  lastCount: number | null;
  lastScrapedAt: Date | null;
  lastSuccessfulScrapeAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What a person says about a portal. Absent means: as it is; for a new one, empty. */
export interface PortalWish {
  name?: string | undefined;
  url?: string | undefined;
  state?: string | null | undefined;
  capital?: string | null | undefined;
  configuration?: RequestedConfiguration | undefined;
  recipeId?: string | null | undefined;
  robots?: "respect" | "ignore" | undefined;
  robotsReason?: string | null | undefined;
  watched?: boolean | undefined;
  schedule?: string | null | undefined;
  timezone?: string | undefined;
  /** The `settingsVersion` it was read with: refused where somebody has said something else since. */
  settingsVersion?: string | undefined;
}

/** A portal nobody has said anything about but its address. */
export function newPortal(id: string, url: string, now: Date): Portal {
  return {
    id,
    name: URL.parse(url)?.host ?? id,
    url,
    state: null,
    capital: null,
    status: "pending",
    configuration: {},
    recipeId: null,
    robots: "respect",
    robotsReason: null,
    consecutiveFailures: 0,
    lastCount: null,
    lastScrapedAt: null,
    lastSuccessfulScrapeAt: null,
    ...UNWATCHED,
    paused: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** @throws BadPortalUrl, NotSupportedYet, RobotsReasonMissing */
export function describePortal(
  portal: Portal,
  wish: PortalWish,
  { now, abilities }: { now: Date; abilities?: Abilities },
): Portal {
  const url = wish.url ?? portal.url;
  const bad = whatIsWrongWith(url);
  if (bad) throw new BadPortalUrl(bad);
  return {
    ...portal,
    url,
    name: wish.name ?? portal.name,
    state: wish.state === undefined ? portal.state : wish.state,
    capital: wish.capital === undefined ? portal.capital : wish.capital,
    configuration: wish.configuration ? acceptConfiguration(wish.configuration, abilities) : portal.configuration,
    recipeId: recipeFor(portal, url, wish.recipeId),
    ...decideRobots(wish.robots ?? portal.robots, wish.robotsReason ?? portal.robotsReason),
    watched: wish.watched ?? portal.watched,
    schedule: wish.schedule === undefined ? portal.schedule : wish.schedule,
    timezone: wish.timezone ?? portal.timezone,
    updatedAt: now,
  };
}

/** What a job's start or end says about its portal. */
export type JobNews =
  | { kind: "started" }
  | { kind: "succeeded"; found: number; complete: boolean; recipeId: string | null }
  | { kind: "failed"; error?: { code: string; message: string } }
  | { kind: "cancelled" };

/** Notes a job's start or end. After `pauseAfter` failures in a row the portal is paused; 0 pauses never. */
export function noteJob(portal: Portal, news: JobNews, now: Date, pauseAfter: number): Portal {
  const noted = { ...portal, updatedAt: now };
  switch (news.kind) {
    case "started":
      return { ...noted, status: "in_progress" };
    case "cancelled":
      return { ...noted, status: portal.lastSuccessfulScrapeAt ? "completed" : "pending" };
    case "failed":
      return noteFailure(noted, now, { pauseAfter, error: news.error });
    case "succeeded":
      return {
        ...(portal.paused?.by === PROGRAM ? resumed(noted) : noted),
        status: "completed",
        consecutiveFailures: 0,
        lastScrapedAt: now,
        lastSuccessfulScrapeAt: now,
        lastCount: news.complete ? news.found : portal.lastCount,
        recipeId: news.recipeId ?? portal.recipeId,
      };
  }
}

/** What no time heals: each further job would try a refused password once more. */
const PAUSES_AT_ONCE: ReadonlySet<string> = new Set(["login_failed", "login_unsafe"]);

function noteFailure(
  portal: Portal,
  now: Date,
  { pauseAfter, error }: { pauseAfter: number; error: { code: string; message: string } | undefined },
): Portal {
  const consecutiveFailures = portal.consecutiveFailures + 1;
  const failed: Portal = { ...portal, status: "failed", lastScrapedAt: now, consecutiveFailures };
  if (portal.paused) return failed;
  if (error && PAUSES_AT_ONCE.has(error.code)) return pausedBy(failed, { at: now, by: PROGRAM, reason: error.message });
  if (pauseAfter === 0 || consecutiveFailures < pauseAfter) return failed;
  const reason = `${consecutiveFailures} jobs in a row failed.`;
  return pausedBy(failed, { at: now, by: PROGRAM, reason });
}

/** A recipe belongs to the address it was learnt on; with another address it has to be learnt again. */
function recipeFor(portal: Portal, url: string, wished: string | null | undefined): string | null {
  if (wished !== undefined) return wished;
  return url === portal.url ? portal.recipeId : null;
}

/** robots.txt is respected unless an operator says why not. */
function decideRobots(robots: "respect" | "ignore", reason: string | null): RobotsPolicy {
  if (robots === "respect") return { robots, robotsReason: null };
  const robotsReason = reason?.trim() ?? "";
  if (robotsReason === "") throw new RobotsReasonMissing();
  return { robots, robotsReason };
}
