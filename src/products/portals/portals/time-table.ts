/** When a portal is looked at by itself. */
export interface TimeTable {
  /** Whether jobs are sent by themselves. One that a client's job brought along is left to that client. */
  readonly watched: boolean;
  /** A cron expression of its own; null for the one of all portals. */
  readonly schedule: string | null;
  /** IANA name of the time zone that `schedule` is meant in. */
  readonly timezone: string;
  /** Null for as long as no job is to be sent. */
  readonly nextRunAt: Date | null;
}

export interface Pause {
  readonly at: Date;
  /** A key's id, or `gleaner` when the program did it. */
  readonly by: string;
  readonly reason: string;
}

/** A paused portal gets no jobs by itself; a client may still send some. */
export interface Pausable {
  readonly paused: Pause | null;
}

/** The name under which the program itself pauses; what it paused, a success resumes. */
export const PROGRAM = "gleaner";

export const UNWATCHED: TimeTable = { watched: false, schedule: null, timezone: "UTC", nextRunAt: null };

/** How times are found; reading cron expressions is the queue's business. */
export interface Calendar {
  /** The time table of portals without one of their own; null where they have none. */
  readonly everyone: { readonly cron: string; readonly timezone: string } | null;
  /** The first time after `after`. Throws when the expression or the zone cannot be read. */
  readonly next: (cron: string, timezone: string, after: Date) => Date;
}

/** Sets when the next job is due. A time in the past stays: it was missed, and is made up for. */
export function planned<Each extends TimeTable & Pausable>(portal: Each, calendar: Calendar, now: Date): Each {
  const isMissed = portal.nextRunAt !== null && portal.nextRunAt <= now;
  return isMissed && portal.watched && !portal.paused ? portal : plannedAnew(portal, calendar, now);
}

export function plannedAnew<Each extends TimeTable & Pausable>(portal: Each, calendar: Calendar, now: Date): Each {
  const { schedule, timezone, watched, paused } = portal;
  const own = schedule === null ? null : { cron: schedule, timezone };
  const applies = own ?? calendar.everyone;
  const at = applies ? calendar.next(applies.cron, applies.timezone, now) : null;
  return { ...portal, nextRunAt: watched && !paused ? at : null };
}

export function pausedBy<Each extends TimeTable & Pausable>(portal: Each, pause: Pause): Each {
  return { ...portal, paused: pause, nextRunAt: null };
}

/** Its time table takes effect again with the next look at it. */
export function resumed<Each extends TimeTable & Pausable>(portal: Each): Each {
  return { ...portal, paused: null };
}
