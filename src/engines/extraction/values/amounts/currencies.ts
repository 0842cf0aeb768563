/** Signs that mean one currency wherever they stand. Longer signs first. */
const SIGNS: readonly (readonly [string, string])[] = [
  ["US$", "USD"],
  ["CA$", "CAD"],
  ["AU$", "AUD"],
  ["NZ$", "NZD"],
  ["HK$", "HKD"],
  ["NT$", "TWD"],
  ["MX$", "MXN"],
  ["R$", "BRL"],
  ["A$", "AUD"],
  ["C$", "CAD"],
  ["S$", "SGD"],
  ["KSh", "KES"],
  ["CFA", "XOF"],
  ["Euros", "EUR"],
  ["Euro", "EUR"],
  ["Kč", "CZK"],
  ["zł", "PLN"],
  ["Rs.", "INR"],
  ["Rs", "INR"],
  ["Ft", "HUF"],
  ["Fr.", "CHF"],
  ["lei", "RON"],
  ["лв", "BGN"],
  ["руб", "RUB"],
  ["kr.", "kr"],
  ["kr", "kr"],
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
  ["₹", "INR"],
  ["₽", "RUB"],
  ["₩", "KRW"],
  ["₪", "ILS"],
  ["₺", "TRY"],
  ["₴", "UAH"],
  ["₦", "NGN"],
  ["₱", "PHP"],
  ["₫", "VND"],
  ["฿", "THB"],
  ["$", "$"],
];

const CODES =
  "USD EUR GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF RON BGN ISK TRY RUB UAH BRL MXN ARS CLP COP PEN ZAR NGN KES GHS EGP MAD TND " +
  "AED SAR QAR KWD ILS SGD HKD TWD KRW THB MYR IDR PHP VND PKR BDT LKR NPR XOF XAF RSD GEL AMD AZN KZT UZS ETB UGX TZS RWF ZMW BWP JOD LBP";

const BY_SIGN: ReadonlyMap<string, string> = new Map([
  ...SIGNS.map(([sign, code]): [string, string] => [sign.toLowerCase(), code]),
  ...CODES.split(" ").map((code): [string, string] => [code.toLowerCase(), code]),
]);

/** Letters that are also words ("try", "ft") count only as they are usually printed. */
const EXACT = /^(?:[a-z]{3}|ft)$/i;
const BY_EXACT: ReadonlySet<string> = new Set([...CODES.split(" "), "Ft", "CFA", "lei", "KSh", "руб"]);

const DOLLARS: Readonly<Record<string, string>> = {
  US: "USD",
  AU: "AUD",
  CA: "CAD",
  NZ: "NZD",
  SG: "SGD",
  HK: "HKD",
  MX: "MXN",
};
const KRONER: Readonly<Record<string, string>> = { sv: "SEK", da: "DKK", nb: "NOK", nn: "NOK", no: "NOK", is: "ISK" };

/** Alternatives for a pattern: every sign and code. */
export const CURRENCY = [...SIGNS.map(([sign]) => sign.replace(/[$.]/g, "\\$&")), ...CODES.split(" ")].join("|");

/** ISO 4217 code for a printed currency. "$" and "kr" take the locale's; without one they are a guess. */
export function currencyOf(
  printed: string,
  locale: string | undefined,
): { readonly code: string; readonly sure: boolean } | null {
  const code = BY_SIGN.get(printed.toLowerCase());
  if (code === undefined || (EXACT.test(printed) && !BY_EXACT.has(printed))) return null;
  if (code === "$") {
    const local = DOLLARS[(locale?.split("-")[1] ?? "").toUpperCase()];
    return { code: local ?? "USD", sure: local !== undefined };
  }
  if (code === "kr") {
    const local = KRONER[(locale?.split("-")[0] ?? "").toLowerCase()];
    return { code: local ?? "SEK", sure: local !== undefined };
  }
  return { code, sure: true };
}
