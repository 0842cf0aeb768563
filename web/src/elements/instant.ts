const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const UNITS = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
const DAY_MS = 86_400_000;

/** "3 hr. ago", "in 2 days"; below a minute "now". */
export function relativeTo(at: number, now: number): string {
  const distance = at - now;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ["minute", 60_000];
  const count = Math.trunc(distance / size);
  return count === 0 ? "now" : RELATIVE.format(count, unit);
}

/** The whole date and time with the zone it is told in. */
export function exactly(at: number): string {
  return EXACT.format(at);
}

/** A day that a portal names, without a time zone of its own: the same day for every reader. */
export function dayOf(iso: string): string {
  const at = Date.parse(iso.slice(0, 10));
  return Number.isNaN(at) ? iso : DAY.format(at);
}

/** Whole days from today to that day; negative when it is over. */
export function daysUntil(iso: string, now: number): number | null {
  const at = Date.parse(iso.slice(0, 10));
  return Number.isNaN(at) ? null : Math.round((at - Math.floor(now / DAY_MS) * DAY_MS) / DAY_MS);
}

/** How long something took: "840 ms", "12 s", "4 min 3 s". */
export function lasting(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
