import { DateTime } from "luxon";
import { normalise, type FieldType, type ValueFormat } from "#engines/extraction";
import { endOfInterval } from "./plain-values.ts";
import type { Reading, Unclear } from "./reading.ts";

/** One value as a column gives it. */
export interface Written {
  readonly field: string;
  /** Normal form that the recipe read. */
  readonly value: string;
  /** The words of the page. */
  readonly quote: string;
  readonly type: FieldType;
  readonly format: ValueFormat;
}

export interface MomentRead {
  /** ISO 8601, as exact as the page; null where day and month cannot be told apart. */
  readonly value: string | null;
  readonly unclear: readonly Unclear[];
}

/** A month at least. */
const DATE = /^\d{4}-\d\d(-\d\d(T|$)|$)/;
const BELOW_MEANS_OPEN = 0.5;

/** Reads a date or time again, with what is known of its portal. Of a period it takes one end. */
export function readMoment(written: Written, reading: Reading, end: "first" | "last"): MomentRead {
  const { field, quote, type, format } = written;
  const found = type === "date" || type === "datetime" ? normalise(quote, type, formatWith(format, reading)) : null;
  if (found && found.confidence < BELOW_MEANS_OPEN) {
    const message = `In “${quote}” day and month could be either way round. Set the portal's date order.`;
    return { value: null, unclear: [{ field, reason: "date_order", quote, message }] };
  }
  const value = endOfInterval(found?.value ?? written.value, end);
  if (!DATE.test(value)) {
    const message = `“${quote}” is no date that Gleaner can read.`;
    return { value: null, unclear: [{ field, reason: "unreadable", quote, message }] };
  }
  if (!isTimeWithoutZone(value)) return { value, unclear: [] };
  const message = `“${quote}” names no time zone. Set the portal's time zone.`;
  return { value, unclear: [{ field, reason: "time_zone", quote, message }] };
}

/**
 * The moment at which a deadline passes: of a day its end in the portal's zone. Null where no zone is known, because
 * then it is a day or an hour, and no moment.
 */
export function momentOf(value: string, { timezone }: Reading): Date | null {
  if (/T.*(Z|[+-]\d\d:\d\d)$/.test(value)) {
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? null : moment;
  }
  if (timezone === null) return null;
  const local = DateTime.fromISO(value, { zone: timezone });
  if (!local.isValid) return null;
  return (/^\d{4}-\d\d-\d\d$/.test(value) ? local.endOf("day").startOf("second") : local).toJSDate();
}

/** What the page or its column says counts for more than what is set for the portal; but a guess counts for nothing. */
function formatWith(format: ValueFormat, { timezone, dateOrder }: Reading): ValueFormat {
  const { orderIsGuess, ...kept } = format;
  const zone = format.zone ?? timezone;
  const isOpen = orderIsGuess === true || format.order === undefined;
  return {
    ...kept,
    ...(isOpen && dateOrder !== null ? { order: dateOrder } : {}),
    ...(isOpen && dateOrder === null && orderIsGuess !== undefined ? { orderIsGuess } : {}),
    ...(zone === null ? {} : { zone }),
  };
}

function isTimeWithoutZone(value: string): boolean {
  return /T\d\d:\d\d/.test(value) && !/(Z|[+-]\d\d:\d\d)$/.test(value);
}
