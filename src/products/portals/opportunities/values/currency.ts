const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Whether a code of ISO 4217 is that of a currency. */
export function isCurrency(code: string): boolean {
  return CODES.has(code);
}
