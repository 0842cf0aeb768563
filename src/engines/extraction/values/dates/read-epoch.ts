import type { Recognised } from "../recognised.ts";

/** A moment that is counted since 1970, UTC, as data has it; null where a text is no such number. */
export function readEpoch(text: string, type: "date" | "datetime", unit: "s" | "ms"): Recognised | null {
  const raw = text.trim();
  if (!/^-?\d{1,14}$/.test(raw)) return null;
  const at = new Date(Number(raw) * (unit === "s" ? 1000 : 1));
  if (Number.isNaN(at.getTime())) return null;
  const iso = at.toISOString();
  const start = text.indexOf(raw);
  const value = type === "date" ? iso.slice(0, 10) : iso.replace(/\.\d+Z$/, "Z");
  return { type, value, raw, range: [start, start + raw.length], from: "text", confidence: 0.9 };
}
