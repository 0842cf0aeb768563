import { sql } from "kysely";
import { expect, test } from "vitest";
import { DatabaseIsNewer } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS, type Migration } from "./migrations/index.ts";
import { useTestDatabase } from "./testing.ts";

const db = await useTestDatabase();

test("migrations are numbered without gaps", () => {
  const numbers = MIGRATIONS.map(({ name }) => Number(name.slice(0, 4)));

  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
});

test("a migrated database is left alone", async () => {
  expect(await migrate(db)).toEqual([]);
});

test("processes that start together migrate once", async () => {
  const next: Migration[] = [
    ...MIGRATIONS,
    { name: "9001-together", up: (own) => sql`create table together (n int)`.execute(own) },
  ];

  const applied = await Promise.all([migrate(db, next), migrate(db, next), migrate(db, next)]);

  expect(applied.flat()).toEqual(["9001-together"]);
  await sql`drop table together`.execute(db);
  await sql`delete from migration where name = '9001-together'`.execute(db);
});

test("a migration that fails leaves the database as it was", async () => {
  const broken: Migration[] = [
    ...MIGRATIONS,
    { name: "9001-half", up: (own) => sql`create table half (n int)`.execute(own) },
    { name: "9002-broken", up: (own) => sql`create table (`.execute(own) },
  ];

  await expect(migrate(db, broken)).rejects.toThrow("syntax error");

  const { rows } = await sql<{ half: string | null }>`select to_regclass('half') as half`.execute(db);
  expect(rows).toEqual([{ half: null }]);
  expect(await migrate(db)).toEqual([]);
});

test("a database that a newer program has migrated is refused", async () => {
  await expect(migrate(db, MIGRATIONS.slice(0, -1))).rejects.toThrow(DatabaseIsNewer);
});
