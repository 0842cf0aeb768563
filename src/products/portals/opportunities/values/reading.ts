/** What dates and amounts of a portal mean where its pages do not say. Null: nobody said, so nothing is assumed. */
export interface Reading {
  /** IANA name of the zone that times are meant in. */
  readonly timezone: string | null;
  readonly dateOrder: "dmy" | "mdy" | null;
  /** ISO 4217 code behind signs that several currencies share, such as `$` and `kr`. */
  readonly currency: string | null;
}

/** Something that the page says and that cannot be read for sure: the words are kept, no value is made of them. */
export interface Unclear {
  readonly field: string;
  readonly reason: "date_order" | "unreadable" | "time_zone" | "currency";
  /** The words of the page. */
  readonly quote: string;
  /** For people: what is open, and what would settle it. */
  readonly message: string;
}

/** What a person may have set; a key that is missing says nothing. */
export interface ReadingWish {
  readonly timezone?: string | undefined;
  readonly dateOrder?: "dmy" | "mdy" | undefined;
  readonly currency?: string | undefined;
}

/** Nothing is known but what the page itself says. */
export const AS_THE_PAGE_SAYS: Reading = { timezone: null, dateOrder: null, currency: null };

/** Domains that people use from everywhere, whatever country they were given to. */
const EVERYBODYS = new Set(["io", "co", "ai", "tv", "me", "cc", "ws", "to", "fm", "ly", "gg", "sh", "vc", "im", "eu"]);
const AMERICAN = new Set(["gov", "mil", "us"]);
/** Countries where both orders, or the month first, are usual. */
const OTHER_ORDERS = new Set(["CA", "PH", "PR", "GU", "AS", "VI", "MP", "ZA", "KE", "IN"]);
const SHARED_SIGNS: Readonly<Record<string, string>> = {
  ...{ US: "USD", CA: "CAD", AU: "AUD", NZ: "NZD", SG: "SGD", HK: "HKD" },
  ...{ SE: "SEK", NO: "NOK", DK: "DKK", IS: "ISK" },
};

/** What a person has set comes first; then what the country of the address uses without exception. */
export function readingFor(address: string, ...wishes: readonly (ReadingWish | undefined)[]): Reading {
  const region = regionOf(address);
  const said = <Key extends keyof ReadingWish>(key: Key) => wishes.find((wish) => wish?.[key] !== undefined)?.[key];
  return {
    timezone: said("timezone") ?? null,
    dateOrder: said("dateOrder") ?? orderIn(region),
    currency: said("currency") ?? (region === null ? null : (SHARED_SIGNS[region] ?? null)),
  };
}

function orderIn(region: string | null): Reading["dateOrder"] {
  if (region === null || OTHER_ORDERS.has(region)) return null;
  return region === "US" ? "mdy" : "dmy";
}

/** The country that an address belongs to by its ending: `.gov` and `.us` are the United States, `.se` is Sweden. */
function regionOf(address: string): string | null {
  const ending = URL.parse(address)?.hostname.toLowerCase().split(".").at(-1) ?? "";
  if (AMERICAN.has(ending)) return "US";
  if (ending === "uk") return "GB";
  return /^[a-z]{2}$/.test(ending) && !EVERYBODYS.has(ending) ? ending.toUpperCase() : null;
}
