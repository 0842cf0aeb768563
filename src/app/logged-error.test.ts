import { describe, expect, test } from "vitest";
import { AppError } from "#kernel";
import { useTestDatabase } from "#platform/storage/testing";
import { sql } from "kysely";
import { loggedError } from "./logged-error.ts";

const db = await useTestDatabase();
const PAGE_TEXT = "closing on the 3rd";

async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error;
  }
}

describe("what a log tells of an error holds nothing of what was worked on", () => {
  const cases: Record<string, () => unknown> = {
    "a value that the database cannot read": () => sql`select ${PAGE_TEXT}::text::bigint`.execute(db),
    "a row that the database refuses": async () => {
      await sql`create temporary table seen (text text unique)`.execute(db);
      await sql`insert into seen values (${PAGE_TEXT}), (${PAGE_TEXT})`.execute(db);
    },
    "an answer that is no JSON": () => JSON.parse(`${PAGE_TEXT}, said the model`),
    "what a library hangs on its errors": () => {
      throw Object.assign(new Error("The model did not answer."), { requestBodyValues: { prompt: PAGE_TEXT } });
    },
    "an error that quotes a page": () => {
      const message = `The portal refused the search: "${PAGE_TEXT}"`;
      throw new AppError({ kind: "invalid", code: "quoting", message, logged: "The portal refused the search." });
    },
    "something that is no error": () => Promise.reject(PAGE_TEXT),
  };
  for (const [name, run] of Object.entries(cases)) {
    test(name, async () => {
      const error = await thrownBy(run);
      const logged = loggedError(new Error("The job failed.", { cause: error }));

      expect(error).toBeDefined();
      expect(JSON.stringify([loggedError(error), logged])).not.toContain("closing on");
      expect(logged.message).toContain("The job failed.");
    });
  }
});

test("it says where each error of the chain was thrown, and the code of a database's refusal", async () => {
  const error = await thrownBy(() => sql`select ${PAGE_TEXT}::text::bigint`.execute(db));
  const logged = loggedError(new Error("The job failed.", { cause: error }));

  expect(loggedError(error)).toMatchObject({ code: "22P02", message: expect.stringContaining('bigint: "…"') });
  expect(logged.stack).toMatch(/^Error: The job failed\.\n\s+at [^]+\ncaused by: error: invalid input[^]+\n\s+at /);
});

test("our own refusals keep kind, code and details", () => {
  class Refused extends AppError {
    constructor() {
      super({ kind: "invalid", code: "refused", message: "No. Try another.", details: { field: "url" } });
    }
  }

  expect(loggedError(new Refused())).toMatchObject({ kind: "invalid", code: "refused", details: { field: "url" } });
});

test("a chain that bites its tail ends", () => {
  const error = new Error("round");
  error.cause = error;

  expect(loggedError(error).message.length).toBeLessThan(100);
});
