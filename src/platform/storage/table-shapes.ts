import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface TableShape {
  name: string;
  columns: { name: string; /** In SQL, with length and array. */ type: string }[];
  /** Columns that number themselves. */
  identity: string[];
}

/** The tables of our schema as the database describes them, each after those it references. */
export async function tablesInOrder(db: Database): Promise<TableShape[]> {
  const { rows } = await sql<{ name: string; column: string; type: string; numbered: boolean }>`
    select c.relname as name, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
           (a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval(%', false)) as numbered
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname = current_schema() and c.relkind = 'r'
    order by c.relname, a.attnum`.execute(db);
  const shapes = new Map<string, TableShape>();
  for (const { name, column, type, numbered } of rows) {
    const shape = shapes.get(name) ?? { name, columns: [], identity: [] };
    shape.columns.push({ name: column, type });
    if (numbered) shape.identity.push(column);
    shapes.set(name, shape);
  }
  return inOrder([...shapes.values()], await references(db));
}

async function references(db: Database): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ from: string; to: string }>`
    select f.relname as from, t.relname as to
    from pg_constraint k
    join pg_class f on f.oid = k.conrelid
    join pg_class t on t.oid = k.confrelid
    join pg_namespace n on n.oid = f.relnamespace
    where k.contype = 'f' and n.nspname = current_schema() and f.oid <> t.oid`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ from }) => from)].map(([name, to]) => [name, new Set(to.map((row) => row.to))]),
  );
}

function inOrder(shapes: readonly TableShape[], needs: ReadonlyMap<string, ReadonlySet<string>>): TableShape[] {
  const placed = new Set<string>();
  const ordered: TableShape[] = [];
  let waiting = [...shapes];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ name }) => [...(needs.get(name) ?? [])].every((needed) => placed.has(needed)));
    if (ready.length === 0)
      throw new Error(`These tables reference each other: ${waiting.map(({ name }) => name).join()}`);
    ready.forEach(({ name }) => placed.add(name));
    ordered.push(...ready);
    waiting = waiting.filter(({ name }) => !placed.has(name));
  }
  return ordered;
}
