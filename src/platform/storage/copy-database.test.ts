import { afterAll, beforeEach, expect, test } from "vitest";
import { copyDatabase } from "./copy-database.ts";
import type { OpenDatabase } from "./database.ts";
import { DatabaseNotEmpty } from "./errors.ts";
import { openDatabase } from "./open-database.ts";
import { tablesInOrder } from "./table-shapes.ts";
import { emptyTables, useOpenTestDatabase } from "./testing.ts";

const from = await openDatabase({ memory: true });
const to = await useOpenTestDatabase();
beforeEach(() => emptyTables(from.db));
afterAll(() => from.close());

const at = new Date("2026-01-01T12:00:00.123Z");

async function fill({ db }: OpenDatabase, events: number): Promise<void> {
  const event = { at, actor: "test", action: "test.done", subject: null, details: JSON.stringify({ ü: [1, "'"] }) };
  const rows = Array.from({ length: events }, () => event);
  await db.insertInto("audit_event").values(rows).execute();
  await db
    .insertInto("artifact")
    .values({
      sha256: "a".repeat(64),
      size: 9_007_199_254_740_991,
      stored_size: 0,
      media_type: "text/html",
      kind: "page",
      source_url: null,
      stored_at: at,
    })
    .execute();
}

test("every row arrives as it was, and numbers go on where they stopped", async () => {
  await fill(from, 1_201);
  const seen: Record<string, number> = {};

  const { rows } = await copyDatabase(from.db, to.db, { onTable: ({ table, rows: n }) => (seen[table] = n) });

  expect(rows).toBe(1_202);
  expect(seen).toMatchObject({ audit_event: 1_201, artifact: 1, attention: 0 });
  const all = ({ db }: OpenDatabase) => db.selectFrom("audit_event").selectAll().orderBy("id").execute();
  expect(await all(to)).toEqual(await all(from));
  expect(await to.db.selectFrom("artifact").select("size").execute()).toEqual([{ size: 9_007_199_254_740_991 }]);
  const next = await to.db
    .insertInto("audit_event")
    .values({ at, actor: "test", action: "next", subject: null, details: "{}" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const last = (await all(from)).at(-1)?.id ?? 0;
  expect(next.id).toBe(last + 1);
});

test("a target with rows is refused by the name of the table", async () => {
  await fill(from, 1);
  await fill(to, 1);

  await expect(copyDatabase(from.db, to.db)).rejects.toThrow(DatabaseNotEmpty);
});

test("an interrupted copy leaves the target empty, so that it can be started again", async () => {
  await fill(from, 10);
  const controller = new AbortController();
  const onTable = ({ table }: { table: string }) => {
    if (table === "audit_event") controller.abort(new Error("interrupted"));
  };

  await expect(copyDatabase(from.db, to.db, { signal: controller.signal, onTable })).rejects.toThrow("interrupted");

  expect(await to.db.selectFrom("audit_event").selectAll().execute()).toEqual([]);
  expect((await copyDatabase(from.db, to.db)).rows).toBe(11);
});

test("a table comes after those it references", async () => {
  const names = (await tablesInOrder(from.db)).map(({ name }) => name);

  expect(names.indexOf("recipe")).toBeLessThan(names.indexOf("recipe_version"));
});
