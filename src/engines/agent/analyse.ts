import { classifyPage, learnPage, mapColumns, opportunityFields, type Learned, type Wish } from "#engines/extraction";
import type { Screen } from "./screen.ts";

/** Below this the analyser's list is only a proposal. */
const SURE = 0.5;
const LEAST_RECORDS = 3;
const NAMED = 0.5;

export interface AnalyserView {
  readonly learned: Learned;
  /** Whether the analyser's list can be taken without asking anybody. */
  readonly isSure: boolean;
}

/**
 * What the built-in analyser makes of a page. It is sure of a list that is clear, long enough, and holds what was wished
 * for; where nothing was, what every opportunity has: a title, and a date or a reference.
 */
export function analyse({ page }: Screen, wish: Wish | null): AnalyserView {
  const learned = learnPage(page, wish ? { wish } : {});
  const { recipe, extraction, confidence } = learned;
  const records = extraction?.records ?? [];
  if (!recipe || records.length < LEAST_RECORDS || confidence < SURE) return { learned, isSure: false };
  if (classifyPage(page, { list: null }).kind === "login") return { learned, isSure: false };
  const columns = recipe.fields.map(({ name, type }) => ({
    name,
    type,
    samples: records.slice(0, 5).flatMap(({ fields }) => fields[name]?.value ?? []),
  }));
  if (wish && wish.fields.length > 0) return { learned, isSure: mapColumns(wish, columns).missing.length === 0 };
  const found = new Map(opportunityFields(columns).map(({ field, confidence: sure }) => [field, sure]));
  const marks = ["closingDate", "postedDate", "referenceNumber"].some((field) => (found.get(field) ?? 0) >= NAMED);
  return { learned, isSure: found.has("title") && marks };
}
