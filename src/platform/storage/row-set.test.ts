import { sql } from "kysely";
import { expect, test } from "vitest";
import { rowSet } from "./row-set.ts";
import { useTestDatabase } from "./testing.ts";

test("rows come out of one parameter with the types that were named", async () => {
  const db = await useTestDatabase();
  const at = new Date("2026-03-01T12:00:00.250Z");
  const set = rowSet("given", {
    types: { name: "text", count: "bigint", at: "timestamptz", "odd name": "boolean" },
    rows: [
      { name: `quotes ' " \\ and ü €`, count: 2 ** 40, at, "odd name": true },
      { name: null, count: -1, at, "odd name": false },
    ],
  });

  const { rows } = await sql`select * from ${set} order by count desc`.execute(db);

  expect(rows).toEqual([
    { name: `quotes ' " \\ and ü €`, count: 2 ** 40, at, "odd name": true },
    { name: null, count: -1, at, "odd name": false },
  ]);
});

test("bytes come back as they were sent, and can be cut on the server", async () => {
  const db = await useTestDatabase();
  const bytes = Uint8Array.from({ length: 512 }, (_, at) => at % 256);

  const { rows } = await sql<{ all: Uint8Array; part: Uint8Array; none: Uint8Array }>`
    select ${bytes}::bytea as all, substring(${bytes.subarray(250, 260)}::bytea from 3 for 4) as part, ''::bytea as none
  `.execute(db);

  expect(Uint8Array.from(rows[0]?.all ?? [])).toEqual(bytes);
  expect([...(rows[0]?.part ?? [])]).toEqual([252, 253, 254, 255]);
  expect(rows[0]?.none).toHaveLength(0);
});
