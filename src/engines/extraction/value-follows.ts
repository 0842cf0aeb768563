import { cleanText } from "./embedded/quote-leaf.ts";
import type { Page } from "./page/page.ts";
import { resolveUrl } from "./page/resolve-url.ts";
import type { FieldType } from "./values/field-type.ts";
import type { ValueFormat } from "./values/value-format.ts";
import { normalise } from "./values/recognise.ts";

/** Letters and digits, case folded: what is left when a quote's spelling, escapes and marks are set aside. */
const bare = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** Units in which data counts moments. */
const COUNTED = ["s", "ms"] as const;

const ORDERS = ["dmy", "mdy", "ymd"] as const;

/**
 * Whether a value can be what its quote says: an address resolves to it, a date or an amount reads as it in one of the
 * usual spellings, a text is the same in letters and digits. Catches a value that was changed while its quote was not.
 */
export function valueFollows(page: Basis, claim: Claim): boolean {
  return claim.value === claim.raw || followsPlainly(page, claim) || followsSomehow(page, claim);
}

/** What of a page a value may depend on besides its quote. */
type Basis = Pick<Page, "baseUrl" | "isData">;

interface Claim {
  readonly value: string;
  readonly raw: string;
  readonly type: FieldType;
}

/** The usual case of each type, without reading the quote as that type. */
function followsPlainly({ baseUrl }: Basis, { value, raw, type }: Claim): boolean {
  if (type === "date" || type === "datetime") return namesDay(raw, value);
  if (type === "money" || type === "number") return !/[\\<&]/.test(raw) && amountOf(raw) === amountOf(value);
  return (type === "url" || type === "document" || type === "image") && resolveUrl(raw, baseUrl) === value;
}

function followsSomehow(page: Basis, { value, raw, type }: Claim): boolean {
  if (bare(value) === bare(raw)) return true;
  const quote = unescaped(raw);
  switch (type) {
    case "url":
    case "document":
    case "image":
      return (
        [quote, raw].some(
          (text) => resolveUrl(text, page.baseUrl) === value || value.replace(/^https?:\/\//, "") === text.trim(),
        ) ||
        (page.isData && isPartOf(value, quote))
      );
    case "date":
    case "datetime":
      return (
        readings(quote, type).some((reading) => reading.slice(0, 10) === value.slice(0, 10)) ||
        (page.isData && COUNTED.some((epoch) => normalise(quote, "date", { epoch })?.value === value.slice(0, 10)))
      );
    case "money":
    case "number":
      return (
        amountOf(value) === amountOf(quote) ||
        readings(quote, type).some((reading) => amountOf(reading) === amountOf(value))
      );
    default:
      // A vocabulary names a type by an address: `https://schema.org/Recipe` says Recipe.
      return quote.endsWith(`/${value}`) || bare(quote) === bare(value) || readings(quote, type).includes(value);
  }
}

/** Data holds what differs from address to address: a part between two signs. The column's format tells the rest. */
function isPartOf(address: string, part: string): boolean {
  return part !== "" && address.split(/[/?&=#]/).includes(part);
}

interface Read {
  readonly value: string;
  readonly raw: string;
  readonly type: FieldType;
  readonly format: ValueFormat;
}

/**
 * The same for a column whose format is known: no day may change places with its month, no amount its decimals, sign or
 * currency. Where the format reads nothing, what `valueFollows` says stands.
 */
export function followsExactly(page: Page, { value, raw, type, format }: Read): boolean {
  if (value === raw) return true;
  if (format.before !== undefined) return value === `${format.before}${unescaped(raw)}${format.after ?? ""}`;
  if (!valueFollows(page, { value, raw, type })) return false;
  const exact = normalise(unescaped(raw), type, format)?.value;
  if (exact === undefined || exact === value) return true;
  switch (type) {
    case "date":
    case "datetime":
      return format.orderIsGuess === true || /\p{L}{3}/u.test(raw) || exact.slice(0, 10) === value.slice(0, 10);
    case "money":
    case "number":
      return (
        decimalsOf(exact) === decimalsOf(value) &&
        signOf(exact) === signOf(value) &&
        // Data keeps amount and currency apart: then the quote names none.
        (lettersOf(exact) === lettersOf(value) || (page.isData && lettersOf(exact) === ""))
      );
    default:
      return true;
  }
}

const decimalsOf = (amount: string): string => (/\.(\d+)/.exec(amount)?.[1] ?? "").replace(/0+$/, "");
const signOf = (amount: string): boolean => amount.trim().startsWith("-");
const lettersOf = (amount: string): string => amount.replace(/[^A-Z]/gi, "");

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Whether a quote holds year, month and day of an ISO date, in whatever order: the usual case, without parsing it. */
function namesDay(quote: string, iso: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const numbers = (quote.match(/\d+/g) ?? []).map(Number);
  if (!takeOut(numbers, year) && !takeOut(numbers, year % 100)) return false;
  if (!takeOut(numbers, day)) return false;
  return takeOut(numbers, month) || quote.toLowerCase().includes(MONTHS[month - 1] ?? "-");
}

function takeOut(numbers: number[], wanted: number): boolean {
  const at = numbers.indexOf(wanted);
  if (at >= 0) numbers.splice(at, 1);
  return at >= 0;
}

function readings(quote: string, type: FieldType): string[] {
  return ORDERS.flatMap((order) => normalise(quote, type, { order })?.value ?? []);
}

/** The digits of an amount without what only groups them, and without empty decimals. */
const amountOf = (text: string): string => text.replace(/[.,]0{1,2}(?!\d)/g, "").replace(/\D+/g, "");

/** Escapes of a script's string and entities of embedded HTML undone. */
function unescaped(raw: string): string {
  const plain = raw
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\([nrt])/g, " ")
    .replace(/\\(.)/g, "$1");
  return cleanText(plain);
}
