import { readNumber } from "./amounts/read-count.ts";
import { readMoney } from "./amounts/read-money.ts";
import { readDate } from "./dates/read-date.ts";
import { readEpoch } from "./dates/read-epoch.ts";
import type { FieldType } from "./field-type.ts";
import type { Recognised, ValueContext, ValueSample } from "./recognised.ts";
import type { ValueFormat } from "./value-format.ts";
import { linkOf, pictureOf, readAddress } from "./words/read-address.ts";
import { readEmail, readPhone } from "./words/read-contact.ts";
import { readReference } from "./words/read-reference.ts";
import { readStatus } from "./words/read-status.ts";

/** Longer texts are prose: they may hold a value, but they are none. */
const MAX_WHOLE = 160;
/** What may stand around a value without making the cell prose: a weekday, a clock word, an article of time. */
const AROUND =
  /\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b|(?<!\p{L})(?:mo|di|mi|do|fr|sa|so)\.?,|\b(?:at|on|by|until|the|um|am|den|le|el|il|op|uhr|hrs?|local time|r\.|г\.)(?!\p{L})/giu;
const LABEL = /^[^\d:]{1,40}:\s*/;

/** Reads a whole cell as the most telling type that covers it; null when it is plain text. */
export function recognise(sample: string | ValueSample, context: ValueContext = {}): Recognised | null {
  const cell = typeof sample === "string" ? { text: sample } : sample;
  const address = readAddress(cell);
  if (address && (address.from !== "text" || cell.text.trim().length === address.raw.length)) return address;
  if (cell.text.length > MAX_WHOLE || cell.text.trim() === "") return null;
  return (
    covering(cell.text, readEmail(cell.text)) ??
    readWithDigits(cell.text, context) ??
    readStatus(cell.text, context.label)
  );
}

/** Reads one cell as a type that is known, in a format that was learnt; null when it holds no such value. */
export function normalise(sample: string | ValueSample, type: FieldType, format: ValueFormat = {}): Recognised | null {
  const cell = typeof sample === "string" ? { text: sample } : sample;
  const found = READERS[type](cell, format);
  return found && type === "datetime" && found.type === "date"
    ? { ...found, confidence: found.confidence * 0.9 }
    : found;
}

const READERS: Readonly<Record<FieldType, (cell: ValueSample, format: ValueFormat) => Recognised | null>> = {
  text: ({ text }) => plainText(text),
  date: ({ text }, format) => readMoment(text, "date", format),
  datetime: ({ text }, format) => readMoment(text, "datetime", format),
  money: ({ text }, format) => readMoney(text, format),
  number: ({ text }, format) => readNumber(text, format),
  url: (cell) => linkOf(cell, "url"),
  email: (cell) => hrefOfType(cell, "email") ?? readEmail(cell.text),
  phone: (cell) => hrefOfType(cell, "phone") ?? readPhone(cell.text, "phone"),
  reference: ({ text }) => readReference(text, "reference") ?? plainText(text),
  document: (cell) => linkOf(cell, "document"),
  status: ({ text }) => readStatus(text, "status") ?? plainText(text),
  image: pictureOf,
};

function readMoment(text: string, type: "date" | "datetime", format: ValueFormat): Recognised | null {
  return format.epoch === undefined ? readDate(text, format) : readEpoch(text, type, format.epoch);
}

function readWithDigits(text: string, context: ValueContext): Recognised | null {
  if (!/\d/.test(text)) return null;
  return (
    covering(text, readDate(text, context)) ??
    covering(text, readMoney(text, context)) ??
    preferred(covering(text, readPhone(text, context.label)), readReference(text, context.label)) ??
    covering(text, readNumber(text, context))
  );
}

/** A phone that nothing marks as one loses against a reference that a label marks. */
function preferred(phone: Recognised | null, reference: Recognised | null): Recognised | null {
  if (!phone || !reference) return phone ?? reference;
  return reference.confidence > phone.confidence ? reference : phone;
}

/** The value, if little but a label, a weekday or marks stands around it. */
function covering(text: string, found: Recognised | null): Recognised | null {
  if (!found?.range) return found;
  const [start, end] = found.range;
  const before = text.slice(0, start).replace(AROUND, "");
  const after = text.slice(end).replace(AROUND, "");
  if (/[\p{L}\d]/u.test(after)) return null;
  if (!/[\p{L}\d]/u.test(before)) return found;
  return LABEL.test(before) && before.replace(LABEL, "").trim() === ""
    ? { ...found, confidence: found.confidence * 0.9 }
    : null;
}

function plainText(text: string): Recognised | null {
  const raw = text.trim();
  const start = text.indexOf(raw);
  return raw === ""
    ? null
    : { type: "text", value: raw, raw, range: [start, start + raw.length], from: "text", confidence: 1 };
}

function hrefOfType(cell: ValueSample, type: "email" | "phone"): Recognised | null {
  const found = cell.href ? readAddress(cell) : null;
  return found?.type === type ? found : null;
}
