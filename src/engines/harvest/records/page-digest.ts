import { AppError } from "#kernel";
import type { Drift, Reading, Recipe, RecipeReader } from "#engines/extraction/replay";
import { identitiesOf } from "./distinct-records.ts";
import { packRecords } from "./pack-records.ts";
import { checkRecord, sourceOf } from "./read-page.ts";
import type { FetchedPage } from "../sources/page-source.ts";

/** A page to be read. */
export interface PageOrder {
  readonly source: Pick<FetchedPage, "bytes" | "url" | "mediaType">;
  /** Whether its pager is wanted, and the total that is told beside it. */
  readonly pagination: boolean;
}

export type Digested =
  { readonly ok: true; readonly digest: PageDigest } | { readonly ok: false; readonly message: string };

/** What a page holds, ready for the store. Plain data: it may come from another thread. */
export interface PageDigest {
  /** One per record, see `identitiesOf`. */
  readonly identities: readonly string[];
  /** Positions of records with a value that could not be found again. */
  readonly unverified: readonly number[];
  /** All records, checked and packed. */
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly total: number | null;
  readonly drift: readonly Drift[];
}

/** Checks what was read from a page, and packs it for the store. `fields` are those of the recipe. */
export function digestReading({ records, declared, drift, holds }: Reading, fields: Recipe["fields"]): PageDigest {
  const checked = records.map((record) => checkRecord(record, holds));
  return {
    identities: identitiesOf(records),
    unverified: checked.flatMap(({ unverified }, at) => (unverified.length > 0 ? [at] : [])),
    packed: packRecords(checked, fields),
    total: declared?.total ?? null,
    drift,
  };
}

/** Reads a page. One that cannot be parsed (too large, too deep) is an answer; anything else that fails is a bug, and thrown. */
export function digestPage(reader: RecipeReader, { source, pagination }: PageOrder): Digested {
  try {
    return { ok: true, digest: digestReading(reader.read(sourceOf(source), { pagination }), reader.fields) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, message: error.message };
  }
}
