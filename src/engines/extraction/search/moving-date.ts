const MOVING = /^today(?:\s*([+-])\s*(\d{1,4})\s*([dwmy]))?$/i;
const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;
const DAY_MS = 86_400_000;

/** The date in a time zone, as `yyyy-mm-dd`. */
export function dateIn(at: Date, timeZone = "UTC"): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
}

/**
 * The date that is meant: an ISO date, or `today` with days, weeks, months or years counted from it. Months and years keep
 * the day, or take the last day of the month. Null for what is no such date.
 */
export function resolveDate(said: string, today: string): string | null {
  const trimmed = said.trim();
  if (ISO.test(trimmed)) return isDate(trimmed) ? trimmed : null;
  const match = MOVING.exec(trimmed);
  if (!match) return null;
  const [, sign = "+", count = "0", unit = "d"] = match;
  const by = Number(count) * (sign === "-" ? -1 : 1);
  const resolved = unit === "d" || unit === "D" ? addDays(today, by) : addOthers(today, by, unit.toLowerCase());
  return isDate(resolved) ? resolved : null;
}

function addOthers(date: string, by: number, unit: string): string {
  if (unit === "w") return addDays(date, by * 7);
  return addMonths(date, unit === "y" ? by * 12 : by);
}

function addDays(date: string, by: number): string {
  return isoOf(new Date(Date.parse(`${date}T00:00:00Z`) + by * DAY_MS));
}

function addMonths(date: string, by: number): string {
  const [, year = "", month = "", day = ""] = ISO.exec(date) ?? [];
  const first = new Date(Date.UTC(Number(year), Number(month) - 1 + by, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(day), days));
  return isoOf(first);
}

/** There is no thirtieth of February, and no year of five digits. */
function isDate(iso: string): boolean {
  const at = Date.parse(`${iso}T00:00:00Z`);
  return ISO.test(iso) && !Number.isNaN(at) && isoOf(new Date(at)) === iso;
}

function isoOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
}
