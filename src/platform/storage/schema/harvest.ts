import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { JsonObject } from "#kernel";

/** JSON that is read as `unknown` and parsed by its owner; written as text. */
type Json = ColumnType<unknown, string, string>;
type NullableJson = ColumnType<unknown, string | null, string | null>;

/** What was learnt of one listing; its versions are rows of their own. */
export interface RecipeTable {
  id: string;
  name: string;
  source_url: string;
  /** The version in use. */
  version: number;
  created_at: Date;
  updated_at: Date;
}

export interface RecipeVersionTable {
  recipe_id: string;
  version: number;
  body: Json;
  /** Of the body's canonical JSON. */
  sha256: string;
  origin: "learned" | "imported" | "edited" | "healed";
  note: string | null;
  created_at: Date;
}

export interface HarvestRunTable {
  id: string;
  /** Null when the page held no list to learn. */
  recipe_id: string | null;
  recipe_version: number | null;
  /** Everything that was asked for, so that a resumed run needs nothing else. */
  request: Json;
  status: "running" | "finished";
  /** Where the walk stands; null once the run has ended. Its cookies and form fields are sealed. */
  checkpoint: NullableJson;
  completeness: NullableJson;
  /** Wall, alarms and notes of a run that ended. */
  outcome: NullableJson;
  page_count: number;
  record_count: number;
  unverified_count: number;
  started_at: Date;
  finished_at: Date | null;
  /** The digest of the whole run, sealed when it ended; null while it is under way and in runs of older versions. */
  manifest: Generated<string | null>;
  /** It ended before runs were sealed. */
  predates_seals: Generated<boolean>;
}

/** One page that counts as done, with its records. */
export interface RunPageTable {
  run_id: string;
  number: number;
  url: string;
  /** What led here, so that no page is asked for twice; null where only the page before could answer. */
  step_key: string | null;
  action: string;
  label: string;
  duration_ms: number;
  /** SHA-256 of the stored page; null without evidence. */
  artifact: string | null;
  media_type: string;
  http_status: number;
  captured_at: Date;
  /** The page had not changed since an earlier run: its stored copy was read again. */
  reused: boolean;
  record_count: number;
  duplicate_count: number;
  unverified_count: number;
  /** JSON of the records with their evidence, as UTF-8, compressed with zstd. */
  records: Uint8Array;
  /** SHA-256 of `records` as they were written, hexadecimal; null in pages of older versions. */
  records_sha256: string | null;
}

/** The page of a single record. */
export interface RunDetailTable {
  run_id: string;
  page: number;
  position: number;
  url: string;
  artifact: string | null;
  media_type: string;
  http_status: number;
  captured_at: Date;
  /** JSON of the values with their evidence, as UTF-8, compressed with zstd; null when the page could not be had. */
  detail: Uint8Array | null;
  problem: string | null;
}

/** What a server said to recognise an unchanged page by. */
export interface KnownPageTable {
  recipe_id: string;
  url: string;
  etag: string | null;
  last_modified: string | null;
  artifact: string;
  media_type: string;
  seen_at: Date;
}

/** What became of recipes: learnt, drifted, healed. Rows are only added. */
export interface RecipeEventTable {
  number: GeneratedAlways<number>;
  recipe_id: string;
  run_id: string | null;
  kind:
    | "learned"
    | "imported"
    | "edited"
    | "drift"
    | "shrunk"
    | "healed"
    | "heal_refused"
    | "heal_approved"
    | "heal_rejected";
  body: ColumnType<JsonObject, string, string>;
  at: Date;
}

export interface HarvestTables {
  recipe: RecipeTable;
  recipe_version: RecipeVersionTable;
  harvest_run: HarvestRunTable;
  run_page: RunPageTable;
  run_detail: RunDetailTable;
  known_page: KnownPageTable;
  recipe_event: RecipeEventTable;
}
