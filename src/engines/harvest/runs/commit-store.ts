import { sql, type Insertable, type Selectable } from "kysely";
import { sha256Hex } from "#kernel";
import {
  rowSet,
  type Database,
  type KnownPageTable,
  type RowTypes,
  type RunDetailTable,
  type RunPageTable,
} from "#platform/storage";
import { RunTakenOver } from "../errors.ts";
import type { CheckpointSafe } from "./checkpoint-safe.ts";
import type { PagesDigest } from "./pages-digest.ts";
import type { Checkpoint, StoredCheckpoint } from "./run.ts";

export type NewPage = Omit<Selectable<RunPageTable>, "records_sha256">;
export type NewDetail = Insertable<RunDetailTable>;
export type NewKnownPage = Insertable<KnownPageTable>;

/** What one finished page, or one finished detail, adds to its run. */
export interface Commit {
  readonly page?: NewPage;
  readonly detail?: NewDetail;
  readonly known?: NewKnownPage;
  /** Where the walk stands after it. */
  readonly checkpoint?: Checkpoint;
}

export interface CommitTarget {
  readonly db: Database;
  readonly run: string;
  /** For what is secret of the checkpoint. */
  readonly safe: Pick<CheckpointSafe, "put">;
  /** Takes in every page that is written; null where pages were written before that it does not hold. */
  readonly digest: PagesDigest | null;
}

/** Writes several commits in one transaction. */
export async function writeCommits({ db, run, safe, digest }: CommitTarget, commits: readonly Commit[]): Promise<void> {
  const pages = commits.flatMap(({ page }) => (page ? finished(page) : []));
  const details = commits.flatMap(({ detail }) => detail ?? []);
  const known = commits.flatMap(({ known: page }) => page ?? []);
  const checkpoint = commits.findLast((commit) => commit.checkpoint !== undefined)?.checkpoint;
  const writing = db.transaction().execute(async (trx) => {
    await advanceRun(trx, run, pages, checkpoint && safe.put(checkpoint));
    if (pages.length > 0) await insertPages(trx, pages);
    if (details.length > 0) await trx.insertInto("run_detail").values(details).execute();
    if (known.length > 0) await rememberPages(trx, known);
  });
  await writing.catch((error: unknown) => {
    throw isDuplicate(error) ? new RunTakenOver(run) : error;
  });
  for (const page of pages) digest?.add({ ...page, records: page.records_sha256 });
}

/** As it is stored. */
type FinishedPage = Selectable<RunPageTable> & { readonly records_sha256: string };

function finished(page: NewPage): FinishedPage {
  return { ...page, label: page.label.toWellFormed(), records_sha256: sha256Hex(page.records) };
}

const PAGE_COLUMNS: RowTypes<Omit<FinishedPage, "records">> = {
  run_id: "uuid",
  number: "integer",
  url: "text",
  step_key: "text",
  action: "text",
  label: "text",
  duration_ms: "integer",
  artifact: "text",
  media_type: "text",
  http_status: "integer",
  captured_at: "timestamptz",
  reused: "boolean",
  record_count: "integer",
  duplicate_count: "integer",
  unverified_count: "integer",
  records_sha256: "text",
};

/** `start` and `length` say where a page's records lie in the block that carries those of the whole group. */
const PAGE_TYPES = { ...PAGE_COLUMNS, start: "integer", length: "integer" };

/** One statement of always the same text and two parameters: on the embedded database a page costs half of what it did. */
async function insertPages(trx: Database, pages: readonly FinishedPage[]): Promise<void> {
  let start = 1;
  const rows = pages.map(({ records, ...page }) => {
    const row = { ...page, start, length: records.byteLength };
    start += row.length;
    return row;
  });
  const columns = sql.join(Object.keys(PAGE_COLUMNS).map((column) => sql.ref(column)));
  const block = Buffer.concat(pages.map(({ records }) => records));
  await sql`
    insert into run_page (${columns}, records)
    select ${columns}, substring(${block}::bytea from start for length)
    from ${rowSet("page", { types: PAGE_TYPES, rows })}`.execute(trx);
}

/** Takes the run's row lock first. A page number that exists already fails the insert: two processes are at work. */
async function advanceRun(
  trx: Database,
  run: string,
  pages: readonly NewPage[],
  checkpoint: StoredCheckpoint | undefined,
): Promise<void> {
  const records = sum(pages.map((page) => page.record_count));
  const unverified = sum(pages.map((page) => page.unverified_count));
  const { numUpdatedRows } = await trx
    .updateTable("harvest_run")
    .set((eb) => ({
      page_count: eb("page_count", "+", pages.length),
      record_count: eb("record_count", "+", records),
      unverified_count: eb("unverified_count", "+", unverified),
      ...(checkpoint === undefined ? {} : { checkpoint: JSON.stringify(checkpoint) }),
    }))
    .where("id", "=", run)
    .where("status", "=", "running")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new RunTakenOver(run);
}

async function rememberPages(trx: Database, known: readonly NewKnownPage[]): Promise<void> {
  const latest = [...new Map(known.map((page) => [page.url, page])).values()];
  await trx
    .insertInto("known_page")
    .values(latest)
    .onConflict((conflict) =>
      conflict.columns(["recipe_id", "url"]).doUpdateSet((eb) => ({
        etag: eb.ref("excluded.etag"),
        last_modified: eb.ref("excluded.last_modified"),
        artifact: eb.ref("excluded.artifact"),
        media_type: eb.ref("excluded.media_type"),
        seen_at: eb.ref("excluded.seen_at"),
      })),
    )
    .execute();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** PostgreSQL's `unique_violation`: another process has written this page of the run. */
function isDuplicate(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}
