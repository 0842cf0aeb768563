/** Amounts behind the normal form of money: `12500.00 EUR`, `2000000..5000000 EUR`, or a bare number. */
export function amountsOf(value: string): { valueMin?: number; valueMax?: number; currency?: string } {
  const match = /^(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))?(?: ([A-Z]{3}))?$/.exec(value.trim());
  if (!match) return {};
  const [, low, high, currency] = match;
  const valueMin = Number(low);
  const valueMax = high === undefined ? valueMin : Number(high);
  return { valueMin, valueMax, ...(currency === undefined ? {} : { currency }) };
}

/** One end of an ISO 8601 interval `A/B`; a plain date is both. */
export function endOfInterval(value: string, which: "first" | "last"): string {
  const parts = value.split("/");
  return (which === "first" ? parts[0] : parts.at(-1)) ?? value;
}

/** The kind of solicitation that a reference or a title names. */
export function solicitationTypeIn(text: string): string | null {
  return /\b(RFP|RFQ|RFI|RFT|RFA|RFO|RFB|RFSQ|RFEI|ITB|IFB|ITT|ITN|IFQ|EOI|SOQ|NOFO|BAA)\b/.exec(text)?.[1] ?? null;
}

/** The kind of document that an address or a name ends in. */
export function documentTypeOf(name: string, url: string): string | undefined {
  const path = URL.parse(url)?.pathname ?? url;
  const ending = /\.([a-z0-9]{2,5})$/i.exec(path) ?? /\.([a-z0-9]{2,5})$/i.exec(name);
  return ending?.[1]?.toUpperCase();
}

/** "open" as the documents write it: "Open". */
export function capitalised(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1);
}
