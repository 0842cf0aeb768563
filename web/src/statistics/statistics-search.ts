const RANGES = ["7", "30", "90"] as const;
export type Range = (typeof RANGES)[number];

/** Which days are shown, and of which portal, as the address says it. */
export interface StatisticsSearch {
  days?: Range;
  portalId?: string;
}

/** Reads an address that anybody may have written. */
export function readStatisticsSearch({ days, portalId }: Record<string, unknown>): StatisticsSearch {
  const range = RANGES.find((known) => known === String(days));
  const isPortal = typeof portalId === "string" && portalId.length > 0 && portalId.length <= 200;
  return { ...(range ? { days: range } : {}), ...(isPortal ? { portalId } : {}) };
}
