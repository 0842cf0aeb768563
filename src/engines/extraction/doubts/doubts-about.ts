import type { Learned } from "../learn-page.ts";
import { nodeAt } from "../page/node-path.ts";
import { parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { mapColumns } from "../wish/map-columns.ts";
import { opportunityFields } from "../wish/opportunity-fields.ts";
import type { MappableColumn, Wish } from "../wish/wish.ts";
import { subjectOf } from "./opportunity-signs.ts";

/** Why a list that was found may not be the list of opportunities that is wanted. */
export interface ListDoubt {
  readonly kind: "weak" | "few" | "rival" | "unlike" | "missing";
  /** A sentence for people. */
  readonly message: string;
}

const SURE = 0.5;
const LEAST_RECORDS = 3;
/** A column whose name says what it is, not only its type. */
const NAMED = 0.7;
const TELLING = ["closingDate", "referenceNumber", "estimatedValue"];

/**
 * What speaks against taking the analyser's list without asking anybody: it is short or hardly a list, another is as likely,
 * or nothing in it says that its records are opportunities. With a wish for fields, only those count; a person who points at a
 * list needs no proof. No doubts: it is sure.
 */
export function doubtsAbout(page: Page, learned: Learned, wish: Wish | null = null): ListDoubt[] {
  const { recipe, extraction, confidence, rivals, isPointed } = learned;
  const records = extraction?.records ?? [];
  if (!recipe || records.length === 0) return [{ kind: "few", message: "The page holds no list of records." }];
  if (isPointed) return [];
  const doubts: ListDoubt[] = [];
  if (confidence < SURE)
    doubts.push({ kind: "weak", message: "The list hardly stands out from the rest of the page." });
  if (records.length < LEAST_RECORDS)
    doubts.push({ kind: "few", message: `The list has only ${records.length} of what may be records.` });
  const columns = recipe.fields.map(({ name, type }) => ({
    name,
    type,
    samples: records.slice(0, 5).flatMap(({ fields }) => fields[name]?.value ?? []),
  }));
  if (wish && wish.fields.length > 0) return [...doubts, ...missingOf(wish, columns)];
  if (rivals.length > 0)
    doubts.push({ kind: "rival", message: "Another list of the page may be the one that is meant." });
  if (!isLikeOpportunities(page, learned, columns))
    doubts.push({ kind: "unlike", message: "Nothing in the list says that its records are opportunities." });
  return doubts;
}

function missingOf(wish: Wish, columns: readonly MappableColumn[]): ListDoubt[] {
  const { missing } = mapColumns(wish, columns);
  return missing.length === 0 ? [] : [{ kind: "missing", message: `No column was found for: ${missing.join(", ")}.` }];
}

/** A title or what stands for one, and a column or words that only opportunities have. */
function isLikeOpportunities(page: Page, { extraction }: Learned, columns: readonly MappableColumn[]): boolean {
  const found = new Map(opportunityFields(columns).map(({ field, confidence }) => [field, confidence]));
  if (!found.has("title") && !found.has("description")) return false;
  if (TELLING.some((field) => (found.get(field) ?? 0) >= NAMED)) return true;
  const records = extraction?.records ?? [];
  const first = nodeAt(page.root, records[0]?.path ?? "");
  const container = first ? parentOf(first) : null;
  const texts = records.map(({ text }) => text.slice(0, 500));
  return subjectOf(page, { containers: container ? [container] : [], texts }) === "opportunities";
}
