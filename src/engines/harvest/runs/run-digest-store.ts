import { createHash } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
import type { Database } from "#platform/storage";
import { digestLine, PagesDigest, pageLine, type DigestedPage } from "./pages-digest.ts";

const ROWS_AT_ONCE = 500;

/** 1: all lines together, as runs were sealed at first. 2: pages and details each have a digest of their own. */
export type DigestForm = 1 | 2;

export interface DigestOptions {
  readonly form: DigestForm;
  /**
   * Takes the records themselves, where else their digest was noted when they were written: what was altered since is told by
   * the one and not by the other.
   */
  readonly reread: boolean;
  /** The pages as they were written, where that is known. Not used if the run has others besides. */
  readonly pages?: PagesDigest | null;
}

/**
 * The SHA-256 of all that is stored of a run that ended: what was asked for, how it was judged, the digest of its recipe, and
 * every page and every detail with its order, address, time, artifact and records. Null where there is no such run.
 */
export async function digestOfRun(db: Database, run: string, options: DigestOptions): Promise<string | null> {
  const { rows } = await sql<{ page_count: number }>`
    select id, recipe_id, recipe_version, request::text as request, completeness::text as completeness,
      outcome::text as outcome, page_count, record_count, unverified_count, started_at, finished_at,
      (select sha256 from recipe_version version
        where version.recipe_id = harvest_run.recipe_id and version.version = harvest_run.recipe_version) as recipe
    from harvest_run where id = ${run} and status = 'finished'`.execute(db);
  const [facts] = rows;
  if (!facts) return null;
  const hash = createHash("sha256").update(digestLine("run", Object.values(facts)));
  if (options.form === 1) {
    for await (const page of pagesOf(db, run, options)) hash.update(pageLine(page));
    for await (const line of detailLines(db, run)) hash.update(line);
    return hash.digest("hex");
  }
  const details = createHash("sha256");
  for await (const line of detailLines(db, run)) details.update(line);
  const { pages } = options;
  const written = pages?.size === facts.page_count ? pages : await pagesIn(db, run, options);
  return hash.update(digestLine("parts", [written.hex(), details.digest("hex")])).digest("hex");
}

async function pagesIn(db: Database, run: string, options: DigestOptions): Promise<PagesDigest> {
  const pages = new PagesDigest();
  for await (const page of pagesOf(db, run, options)) pages.add(page);
  return pages;
}

async function* pagesOf(db: Database, run: string, { reread }: DigestOptions): AsyncGenerator<DigestedPage> {
  const digest = sql`encode(sha256(records), 'hex')`;
  const records = reread ? digest : sql`coalesce(records_sha256, ${digest})`;
  for (let after = 0; ;) {
    const rows = await rowsOf<DigestedPage>(
      db,
      sql`
      select number, url, step_key, action, label, duration_ms, artifact, media_type, http_status, captured_at, reused,
        record_count, duplicate_count, unverified_count, ${records} as records
      from run_page where run_id = ${run} and number > ${after} order by number limit ${ROWS_AT_ONCE}`,
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = last.number;
  }
}

async function* detailLines(db: Database, run: string): AsyncGenerator<string> {
  for (let [page, position] = [0, 0]; ;) {
    const rows = await rowsOf<{ page: number; position: number; captured_at: Date }>(
      db,
      sql`
      select page, position, url, artifact, media_type, http_status, captured_at, problem,
        encode(sha256(detail), 'hex') as detail
      from run_detail where run_id = ${run} and (page, position) > (${page}, ${position})
      order by page, position limit ${ROWS_AT_ONCE}`,
    );
    for (const row of rows) yield digestLine("detail", Object.values(row));
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    [page, position] = [last.page, last.position];
  }
}

/** Comes as one value of JSON: on the embedded database, hundreds of rows of many columns take three times as long. */
async function rowsOf<Row extends { captured_at: Date }>(db: Database, query: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<{ rows: (Row & { captured_at: string })[] }>`
    select coalesce(json_agg(listed), '[]') as rows from (${query}) listed`.execute(db);
  return rows.flatMap((given) => given.rows).map((row) => ({ ...row, captured_at: new Date(row.captured_at) }));
}
