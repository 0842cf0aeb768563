import { expect, test } from "vitest";
import { useOpenTestDatabase } from "./testing.ts";

const database = await useOpenTestDatabase();
const { db } = database;
const page = { size: 1, stored_size: 1, media_type: "text/html", kind: "page" as const, source_url: null };
const row = (digit: string) => ({ ...page, sha256: digit.repeat(64), stored_at: new Date() });

test("a query outside a transaction does not see what the transaction has not committed", async () => {
  const inserted = Promise.withResolvers<void>();
  const looked = Promise.withResolvers<void>();
  const writing = db.transaction().execute(async (trx) => {
    await trx.insertInto("artifact").values(row("a")).execute();
    inserted.resolve();
    if (database.kind === "postgres") await looked.promise;
    throw new Error("changed my mind");
  });
  writing.catch(() => undefined);
  await inserted.promise;

  const seen = await db.selectFrom("artifact").selectAll().execute();
  looked.resolve();

  expect(seen).toEqual([]);
  await expect(writing).rejects.toThrow("changed my mind");
});

test("transactions that run at once keep their own rows", async () => {
  const digits = ["1", "2", "3", "4", "5"];
  const outcomes = await Promise.allSettled(
    digits.map((digit) =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto("artifact").values(row(digit)).execute();
        if (Number(digit) % 2 === 0) throw new Error("even");
      }),
    ),
  );

  const kept = await db.selectFrom("artifact").select("sha256").orderBy("sha256").execute();
  expect(kept.map(({ sha256 }) => sha256[0])).toEqual(["1", "3", "5"]);
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(2);
});

test("a bigint is a number", async () => {
  await db
    .insertInto("artifact")
    .values({ ...row("a"), size: 5_000_000_000 })
    .execute();

  expect(await db.selectFrom("artifact").select("size").executeTakeFirst()).toEqual({ size: 5_000_000_000 });
});

test("several statements run at once and give all their rows", async () => {
  const { rows } = await database.executeSql("begin; select 1 as n; select 2 as n; commit");

  expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
});

test("a failed block leaves the database usable", async () => {
  await expect(database.executeSql("begin; select 1 / 0; commit")).rejects.toThrow("division by zero");

  expect((await database.executeSql("select 1 as n")).rows).toEqual([{ n: 1 }]);
});

test("what is notified reaches every listener until it stops listening", async () => {
  const heard: string[] = [];
  const both = Promise.withResolvers<void>();
  const stop = await database.listen("news", (payload) => {
    if (heard.push(payload) === 2) both.resolve();
  });
  await database.notify("news", "one");
  await database.notify("news", "zwei ü");
  await both.promise;
  await stop();

  await database.notify("news", "three");

  expect(heard).toEqual(["one", "zwei ü"]);
});

// The embedded database has no connection to lose.
if (database.kind === "postgres") {
  test("after the server dropped every connection, queries and listeners work again", async () => {
    const heard = Promise.withResolvers<string>();
    const reconnected = Promise.withResolvers<void>();
    const stop = await database.listen("after", heard.resolve, reconnected.resolve);
    const dropOthers =
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    await database.executeSql(dropOthers);
    await reconnected.promise;

    await expect.poll(() => database.executeSql("select 1 as n").catch(() => null)).toEqual({ rows: [{ n: 1 }] });
    await database.notify("after", "still here");

    expect(await heard.promise).toBe("still here");
    await stop();
  });
}
