/** What the audit trail is narrowed to, as the address says it. */
export interface AuditSearch {
  actor?: string;
  action?: string;
  subject?: string;
  /** Days, as YYYY-MM-DD, both included. */
  from?: string;
  to?: string;
}

const NAMES = ["actor", "action", "subject"] as const;
const DAYS = ["from", "to"] as const;
const LONGEST = 300;

/** Reads an address that anybody may have written. */
export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  for (const name of NAMES) {
    const value = raw[name];
    if (typeof value === "string" && value.trim() !== "") search[name] = value.trim().slice(0, LONGEST);
  }
  for (const name of DAYS) {
    const value = raw[name];
    if (typeof value === "string" && startOf(value) !== null) search[name] = value;
  }
  return search;
}

/** As the API takes it: a day is one of the reader's own, from its first instant to that of the next one. */
export function queryOf({ from, to, ...names }: AuditSearch) {
  const since = from === undefined ? null : startOf(from);
  const until = to === undefined ? null : startOf(to, 1);
  return {
    ...names,
    ...(since === null ? {} : { since: since.toISOString() }),
    ...(until === null ? {} : { until: until.toISOString() }),
  };
}

function startOf(day: string, daysLater = 0): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return null;
  const start = new Date(Number(year), Number(month) - 1, Number(date) + daysLater);
  return start.getFullYear() >= 1970 && !Number.isNaN(start.getTime()) ? start : null;
}
