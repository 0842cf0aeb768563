import type { FieldRule } from "./columns/field-rule.ts";
import { fieldSamples } from "./field-samples.ts";
import type { LearnedList } from "./learn-list.ts";
import type { Page } from "./page/page.ts";
import { mapColumns } from "./wish/map-columns.ts";
import type { Wish } from "./wish/wish.ts";

export interface Wished {
  readonly learnt: LearnedList;
  /** How many wished fields no column answers. */
  readonly missing: number;
  readonly notes: string[];
}

/**
 * Keeps the columns that were wished for, under the wished names. What is missing is said, and so is what is only guessed:
 * a guess keeps the name that it has on the page, so that nobody takes it for what was wished.
 */
export function selectWished(page: Page, learnt: LearnedList, wish: Wish): Wished {
  const samples = fieldSamples(page, learnt);
  const columns = learnt.fields.map(({ name, type }) => ({ name, type, samples: samples.get(name) ?? [] }));
  const { mappings, missing } = mapColumns(wish, columns);
  const fields = mappings.flatMap(({ field, column, isGuess }): FieldRule[] => {
    const rule = learnt.fields.find(({ name }) => name === column);
    return rule ? [isGuess ? rule : { ...rule, name: field }] : [];
  });
  const sure = mappings.filter(({ column }) => column !== null).map(({ confidence }) => confidence);
  return {
    learnt: { ...learnt, fields, confidence: Math.min(learnt.confidence, ...sure) },
    missing: missing.length,
    notes: mappings.flatMap(({ note }) => (note === undefined ? [] : [note])),
  };
}
