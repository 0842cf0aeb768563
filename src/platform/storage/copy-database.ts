import { sql } from "kysely";
import type { Database } from "./database.ts";
import { DatabaseNotEmpty } from "./errors.ts";
import { tablesInOrder, type TableShape } from "./table-shapes.ts";

const ROWS_AT_ONCE = 500;
/** PostgreSQL takes 65,535 parameters a statement. */
const MOST_PARAMETERS = 30_000;

export interface CopyOptions {
  onTable?: (progress: { table: string; rows: number }) => void;
  signal?: AbortSignal;
}

/**
 * Copies every table of one migrated database into another, migrated and empty, referenced tables first. All or nothing: one
 * transaction on the target, so that a copy that was interrupted leaves it empty and is simply started again. Background jobs
 * that wait are not copied: let them finish first. Throws `DatabaseNotEmpty`.
 */
export async function copyDatabase(
  from: Database,
  to: Database,
  { onTable, signal }: CopyOptions = {},
): Promise<{ tables: number; rows: number }> {
  const tables = (await tablesInOrder(from)).filter(({ name }) => name !== "migration");
  return to.transaction().execute(async (trx) => {
    for (const { name } of tables) await refuseRows(trx, name);
    let total = 0;
    for (const table of tables) {
      signal?.throwIfAborted();
      const rows = await copyTable(from, trx, table, signal);
      onTable?.({ table: table.name, rows });
      total += rows;
    }
    return { tables: tables.length, rows: total };
  });
}

async function refuseRows(db: Database, table: string): Promise<void> {
  const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
  if (rows.length > 0) throw new DatabaseNotEmpty(table);
}

async function copyTable(from: Database, to: Database, table: TableShape, signal?: AbortSignal): Promise<number> {
  const { name, columns, identity } = table;
  const perStatement = Math.min(ROWS_AT_ONCE, Math.floor(MOST_PARAMETERS / columns.length));
  // As text, each value comes and goes in PostgreSQL's own notation: nothing is lost in JavaScript's numbers and dates.
  const asText = sql.join(columns.map((column) => sql`${sql.ref(column.name)}::text as ${sql.ref(column.name)}`));
  let copied = 0;
  let after = "(0,0)";
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await sql<Record<string, string | null>>`
      select ${asText}, ctid::text as "copied to" from ${sql.table(name)}
      where ctid > ${after}::tid order by ctid limit ${sql.lit(perStatement)}`.execute(from);
    if (rows.length === 0) break;
    const values = rows.map(
      (row) =>
        sql`(${sql.join(columns.map((column) => sql`${row[column.name] ?? null}::text::${sql.raw(column.type)}`))})`,
    );
    const into = sql`${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column.name)))})`;
    await sql`insert into ${into} overriding system value values ${sql.join(values)}`.execute(to);
    copied += rows.length;
    after = rows.at(-1)?.["copied to"] ?? after;
  }
  for (const column of identity) await continueIdentity(to, name, column);
  return copied;
}

/** Without this the next insert would be given a number that a copied row has. */
async function continueIdentity(db: Database, table: string, column: string): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence(${table}, ${column}), greatest(max(${sql.ref(column)}), 1), count(*) > 0)
    from ${sql.table(table)}`.execute(db);
}
