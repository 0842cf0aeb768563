import { createHash, type Hash } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
import type { Database } from "#platform/storage";

const ROWS_AT_ONCE = 500;

/**
 * The SHA-256 of all that is stored of a run that ended: what was asked for, how it was judged, the digest of its recipe, and
 * every page and every detail with its order, address, time, artifact and records. Null where there is no such run.
 * `reread` takes the records themselves, where else their digest was noted when they were written: what was altered since
 * is told by the one and not by the other.
 */
export async function digestOfRun(db: Database, run: string, { reread }: { reread: boolean }): Promise<string | null> {
  const hash = createHash("sha256");
  const { rows } = await sql<Record<string, unknown>>`
    select id, recipe_id, recipe_version, request::text as request, completeness::text as completeness,
      outcome::text as outcome, page_count, record_count, unverified_count, started_at, finished_at,
      (select sha256 from recipe_version version
        where version.recipe_id = harvest_run.recipe_id and version.version = harvest_run.recipe_version) as recipe
    from harvest_run where id = ${run} and status = 'finished'`.execute(db);
  const [facts] = rows;
  if (!facts) return null;
  add(hash, "run", facts);
  await addPages(db, { run, hash, reread });
  await addDetails(db, run, hash);
  return hash.digest("hex");
}

async function addPages(
  db: Database,
  { run, hash, reread }: { run: string; hash: Hash; reread: boolean },
): Promise<void> {
  const digest = sql`encode(sha256(records), 'hex')`;
  const records = reread ? digest : sql`coalesce(records_sha256, ${digest})`;
  for (let after = 0; ;) {
    const rows = await rowsOf<{ number: number }>(
      db,
      sql`
      select number, url, step_key, action, label, duration_ms, artifact, media_type, http_status, captured_at, reused,
        record_count, duplicate_count, unverified_count, ${records} as records
      from run_page where run_id = ${run} and number > ${after} order by number limit ${ROWS_AT_ONCE}`,
    );
    for (const row of rows) add(hash, "page", row);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = last.number;
  }
}

async function addDetails(db: Database, run: string, hash: Hash): Promise<void> {
  for (let [page, position] = [0, 0]; ;) {
    const rows = await rowsOf<{ page: number; position: number }>(
      db,
      sql`
      select page, position, url, artifact, media_type, http_status, captured_at, problem,
        encode(sha256(detail), 'hex') as detail
      from run_detail where run_id = ${run} and (page, position) > (${page}, ${position})
      order by page, position limit ${ROWS_AT_ONCE}`,
    );
    for (const row of rows) add(hash, "detail", row);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    [page, position] = [last.page, last.position];
  }
}

/** Comes as one value of JSON: on the embedded database, hundreds of rows of many columns take three times as long. */
async function rowsOf<Row extends object>(db: Database, query: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<{ rows: (Row & { captured_at: string })[] }>`
    select coalesce(json_agg(listed), '[]') as rows from (${query}) listed`.execute(db);
  return rows.flatMap((given) => given.rows).map((row) => ({ ...row, captured_at: new Date(row.captured_at) }));
}

/** Times are written by the millisecond, as the program writes them. */
function add(hash: Hash, what: string, row: object): void {
  hash.update(`${JSON.stringify([what, ...Object.values(row)])}\n`);
}
