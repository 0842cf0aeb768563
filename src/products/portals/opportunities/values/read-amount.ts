import { normalise, type ValueFormat } from "#engines/extraction";
import { amountsOf } from "./plain-values.ts";
import type { Written } from "./read-moment.ts";
import type { Reading, Unclear } from "./reading.ts";

export interface AmountRead {
  readonly valueMin?: number;
  readonly valueMax?: number;
  /** ISO 4217; absent where the page's sign could be several. */
  readonly currency?: string;
  readonly unclear: readonly Unclear[];
}

const SURE = 0.9;
/** Signs that several currencies share, and what each is read as when nobody knows better. */
const SHARED = /(?<![\p{L}$])\$|(?<!\p{L})kr\b/iu;
const READ_AS: ReadonlySet<string> = new Set(["USD", "SEK"]);
const UP_TO =
  /^\W*(?:up to|not exceeding|no more than|max(?:imum|\.)?|under|below|bis zu|bis|höchstens|maximal|jusqu['’]à|max\.?|hasta|fino a|tot|até|upp till|op til)(?!\p{L})/iu;
const AT_LEAST =
  /^\W*(?:from|over|above|more than|at least|min(?:imum|\.)?|ab|über|mindestens|plus de|à partir de|au moins|desde|más de|oltre|almeno|vanaf|från|over)(?!\p{L})/iu;

/** Reads an amount again, with what is known of its portal: numbers, both ends of a range, and a currency only if it is sure. */
export function readAmount(written: Written, reading: Reading): AmountRead {
  const { field, value, quote, format } = written;
  const found = normalise(quote, "money", formatWith(format, reading));
  const { currency, ...amounts } = amountsOf(found?.value ?? value);
  const ends = openEnded(quote, amounts);
  if (currency === undefined) return { ...ends, unclear: [] };
  if (!isGuess(currency, { quote, format, reading, confidence: found?.confidence ?? 0 }))
    return { ...ends, currency, unclear: [] };
  const message = `The currency of “${quote}” could be several. Set the portal's currency.`;
  return { ...ends, unclear: [{ field, reason: "currency", quote, message }] };
}

interface Question {
  quote: string;
  format: ValueFormat;
  reading: Reading;
  confidence: number;
}

/** A `$` whose country nobody tells; or an amount without a sign in a column whose other amounts may have had one. */
function isGuess(currency: string, { quote, format, reading, confidence }: Question): boolean {
  if (reading.currency !== null || /-[A-Z]{2}$/.test(format.locale ?? "")) return false;
  if (SHARED.test(quote)) return confidence < SURE;
  return READ_AS.has(currency) && !/[\p{Sc}\p{L}]/u.test(quote);
}

/** The column's own currency may have come from a shared sign: then it says nothing. */
function formatWith(format: ValueFormat, { currency }: Reading): ValueFormat {
  const { currency: learned, ...kept } = format;
  const known = currency ?? (learned !== undefined && !READ_AS.has(learned) ? learned : null);
  return known === null ? kept : { ...kept, currency: known };
}

/** "Up to 1.5 m" has no lower end, "from 20,000" no upper one. */
function openEnded(quote: string, { valueMin, valueMax }: { valueMin?: number; valueMax?: number }) {
  const isOne = valueMin === valueMax;
  return {
    ...(valueMin === undefined || (isOne && UP_TO.test(quote)) ? {} : { valueMin }),
    ...(valueMax === undefined || (isOne && AT_LEAST.test(quote)) ? {} : { valueMax }),
  };
}
