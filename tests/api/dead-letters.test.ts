import { expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

/** Nothing is allowed to be reached: each message dies of it. */
const { api, as, outbox, database } = await openTestApi();
const headers = as("operator");

async function deadLetter(key: string): Promise<string> {
  const url = "http://127.0.0.1:8099/hook";
  const id = await outbox.enqueue({
    kind: "webhook",
    url,
    body: { jobId: key },
    idempotencyKey: key,
    bearer: "hush-hush",
  });
  await database.db
    .updateTable("delivery")
    .set({ state: "dead", died_at: new Date(), attempts: 9, last_error: "refused" })
    .where("id", "=", id)
    .execute();
  return id;
}

test("callbacks that nobody took are listed, without what is secret of them", async () => {
  const id = await deadLetter("job-1");
  const reply = await api.inject({ url: "/api/v1/dead-letters", headers });

  expect(reply.json().items).toMatchObject([{ id, about: "job-1", attempts: 9, lastError: "refused" }]);
  expect(reply.body).not.toContain("hush-hush");
});

test("a dead letter is sent again, and is no dead letter then", async () => {
  const id = await deadLetter("job-2");
  const sent = await api.inject({ method: "POST", url: `/api/v1/dead-letters/${id}/redeliver`, headers });
  const again = await api.inject({ method: "POST", url: `/api/v1/dead-letters/${id}/redeliver`, headers });

  expect(sent.statusCode).toBe(202);
  expect(again.json().error).toMatchObject({ code: "delivery_not_dead" });
  expect((await outbox.deadLetters()).map((letter) => letter.id)).not.toContain(id);
});

test("a dead letter is discarded for good, and nothing else is", async () => {
  const id = await deadLetter("job-3");
  const remove = (one: string) => api.inject({ method: "DELETE", url: `/api/v1/dead-letters/${one}`, headers });
  const living = await outbox.enqueue({
    kind: "webhook",
    url: "http://127.0.0.1:8099/x",
    body: {},
    idempotencyKey: "job-4",
  });

  expect((await remove(id)).statusCode).toBe(204);
  expect((await remove(id)).json().error).toMatchObject({ code: "delivery_not_found" });
  expect((await remove(living)).json().error).toMatchObject({ code: "delivery_not_dead" });
  const viewer = await api.inject({ url: "/api/v1/dead-letters", headers: as("viewer") });
  expect(viewer.statusCode).toBe(403);
});
