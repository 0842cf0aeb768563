import { zoneNamed } from "./time-zones.ts";

export interface FoundTime {
  readonly start: number;
  readonly end: number;
  /** `14:00` or `14:00:30`. */
  readonly time: string;
  /** IANA zone, offset or `Z`, if the text names one. */
  readonly zone: string | null;
}

const LINK = String.raw`[\s,;|·@T(-]*(?:(?:at|um|à|alle|ore|kl\.?|om|klo|o|às|a las|by|before|until|bis|ab)\s+)?`;
const MERIDIEM = String.raw`(?:\s?([ap])\.?\s?m\b\.?)`;
const CLOCK = String.raw`(?:(\d{1,2})[:h.](\d{2})(?::(\d{2})(?:\.\d+)?)?${MERIDIEM}?|(\d{1,2})${MERIDIEM}|(noon|midnight)\b)`;
const ZONE = String.raw`(?:\s*(?:[Uu]hr|[Hh]rs?|[Hh]ours|h)\b\.?)?(?:\s*\(?(Z\b|(?:UTC|GMT)?\s?[+-]\d{1,2}:?(?:\d{2})?|[A-Z]{2,5}\b|[A-Z][a-z]+\/[A-Z][A-Za-z_]+|(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))?(?: Time)?)\)?)?`;

const AFTER = new RegExp(`${LINK}${CLOCK}`, "iuy");
const ZONE_AFTER = new RegExp(ZONE, "uy");
const BEFORE = new RegExp(
  `(?<![\\d.:/])${CLOCK}(?:\\s*(?:uhr|hrs?|h))?(?:\\s*\\(?[A-Z]{2,4}\\)?)?\\s*(?:,|on|am|le|el|den|-|–)?\\s*(?:\\p{L}{2,10},?\\s*)?$`,
  "iu",
);

/** The time of day that belongs to a date: after it, else before it. */
export function findTime(text: string, dateStart: number, dateEnd: number): FoundTime | null {
  AFTER.lastIndex = dateEnd;
  const after = AFTER.exec(text);
  if (after) {
    const time = clockTime(after);
    if (time !== null) return withZone(text, dateEnd, AFTER.lastIndex, time);
  }
  const lead = Math.max(0, dateStart - 48);
  const before = BEFORE.exec(text.slice(lead, dateStart));
  const time = before && clockTime(before);
  if (!before || time === null) return null;
  const zone = /\(?\b([A-Z]{2,4})\b\)?\s*\W*$/.exec(before[0])?.[1];
  return { start: lead + before.index, end: dateEnd, time, zone: zoneNamed(zone ?? "") };
}

function withZone(text: string, start: number, end: number, time: string): FoundTime {
  ZONE_AFTER.lastIndex = end;
  const zone = ZONE_AFTER.exec(text)?.[1];
  const known = zone === undefined ? null : zoneNamed(zone);
  return { start, end: known === null ? end : ZONE_AFTER.lastIndex, time, zone: known };
}

function clockTime(match: RegExpExecArray): string | null {
  const [, hour, minute, second, half, fullHour, fullHalf, word] = match;
  if (word !== undefined) return word.toLowerCase() === "noon" ? "12:00" : "00:00";
  const hours = twentyFour(Number(hour ?? fullHour), (half ?? fullHalf)?.toLowerCase());
  if (hours === null || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return null;
  return [String(hours).padStart(2, "0"), minute ?? "00", ...(second === undefined ? [] : [second])].join(":");
}

function twentyFour(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1) return hour;
  if (hour > 12) return hour <= 23 && half === "p" ? hour : null;
  return (hour % 12) + (half === "p" ? 12 : 0);
}
