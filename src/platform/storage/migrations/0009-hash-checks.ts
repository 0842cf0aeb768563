import { sql, type Kysely } from "kysely";

const HASHES = [
  ["artifact", "sha256"],
  ["run_page", "artifact"],
  ["run_detail", "artifact"],
  ["known_page", "artifact"],
] as const;

/**
 * The same rule as before, in a third of the time: a repetition of 64 makes PostgreSQL's regular expressions slow, and these
 * are checked for every page of a harvest.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const [table, column] of HASHES) {
    const [name, hash] = [sql.ref(`${table}_${column}_check`), sql.ref(column)];
    await sql`
      alter table ${sql.table(table)}
        drop constraint ${name},
        add constraint ${name} check (length(${hash}) = 64 and ${hash} !~ '[^0-9a-f]')`.execute(db);
  }
}
