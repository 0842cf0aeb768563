/** Every time zone this browser knows, UTC first. */
export const TIME_ZONES: readonly string[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
];

/** How many are offered while somebody types. */
export const ZONES_SHOWN = 20;
