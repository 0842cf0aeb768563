import { sql, type RawBuilder } from "kysely";

/** The SQL type of each column of a row. */
export type RowTypes<Row> = { readonly [Column in keyof Row]: string };

/**
 * Rows for `from`, as one parameter however many they are: a statement of a thousand parameters costs several times what its
 * rows cost, and one whose text depends on their number is planned anew each time. `types` names the columns in their order.
 */
export function rowSet<Row extends object>(
  name: string,
  { types, rows }: { types: RowTypes<Row>; rows: readonly Row[] },
): RawBuilder<unknown> {
  const columns = Object.entries<string>(types).map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`);
  const json = Buffer.from(JSON.stringify(rows));
  return sql`json_to_recordset(convert_from(${json}::bytea, 'UTF8')::json) as ${sql.ref(name)}(${sql.join(columns)})`;
}
