/** US dollars; what costs less than a cent is not nothing. */
export function dollars(usd: number): string {
  const digits = usd > 0 && usd < 0.01 ? 4 : 2;
  return usd.toLocaleString("en", { style: "currency", currency: "USD", minimumFractionDigits: digits });
}
