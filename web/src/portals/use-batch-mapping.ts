import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { recipeIdOf, wordsOf, type BatchRow } from "./batch-entry.ts";
import { misfitOf, wishesOf, type ColumnMapping } from "./column-mapping.ts";
import { columnsOf, withWishes } from "./recipe-column.ts";
import { keepRecipe, recipeInUse } from "./recipe-queries.ts";

/** Columns that were changed in one list, for all lists of the batch that have them. */
export interface BatchMapping {
  /** The line of the list in which they were changed. */
  from: number;
  changes: ColumnMapping;
}

/** Of each line that was learnt: null where it took the mapping, else why it did not. */
export type MappingOutcomes = ReadonlyMap<number, string | null>;

/** Carries a mapping to every list of a batch that is learnt, those too that are learnt later. */
export function useBatchMapping(rows: readonly BatchRow[]) {
  const queries = useQueryClient();
  const [mapping, setMapping] = useState<BatchMapping | null>(null);
  const [outcomes, setOutcomes] = useState<MappingOutcomes>(new Map());
  const begun = useRef<{ mapping: BatchMapping | null; lines: Set<number> }>({ mapping: null, lines: new Set() });
  useEffect(() => {
    if (mapping === null) return;
    if (begun.current.mapping !== mapping) begun.current = { mapping, lines: new Set([mapping.from]) };
    const { lines } = begun.current;
    for (const row of rows) {
      const recipeId = recipeIdOf(row);
      if (recipeId === null || lines.has(row.line)) continue;
      lines.add(row.line);
      void outcomeOf(queries, { recipeId, row, changes: mapping.changes }).then((outcome) => {
        if (begun.current.mapping === mapping) setOutcomes((old) => new Map(old).set(row.line, outcome));
      });
    }
  }, [rows, mapping, queries]);
  const carry = (next: BatchMapping) => {
    setOutcomes(new Map());
    setMapping(next);
  };
  return { mapping, outcomes, carry };
}

interface Applied {
  recipeId: string;
  row: BatchRow;
  changes: ColumnMapping;
}

async function outcomeOf(queries: QueryClient, { recipeId, row, changes }: Applied): Promise<string | null> {
  if (row.hasUnsaved) return "Its columns are being changed by hand and are not saved yet.";
  try {
    const { recipe } = await queries.fetchQuery({ ...recipeInUse(recipeId), staleTime: 0 });
    const misfit = misfitOf(columnsOf(recipe), changes);
    if (misfit === null) await keepRecipe(queries, recipeId, withWishes(recipe, wishesOf(changes)));
    return misfit;
  } catch (error) {
    return wordsOf(error);
  }
}
