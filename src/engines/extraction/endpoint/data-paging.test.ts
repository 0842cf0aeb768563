import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { readEmbedded } from "../embedded/read-embedded.ts";
import type { DataPaging } from "../pagination/data-paging-rule.ts";
import { nextPart } from "../pagination/data-paging.ts";
import { requestStep } from "./request-step.ts";

const ASKED = { url: "https://a.example/api?page=1" };

interface Answered {
  readonly count: number;
  readonly total?: number;
  readonly sent?: string;
}

function wayOn(paging: DataPaging, answer: unknown, { count, total, sent }: Answered, asked = ASKED) {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  const page = parsePage({ bytes, url: asked.url, contentType: "application/json", sent: sent ?? null });
  const data = readEmbedded(page)[0]?.value ?? null;
  return nextPart(paging, page, { data, count, total: total ?? null }, asked);
}

const PAGES: DataPaging = { by: "number", parameter: "page", first: 1, step: 1, size: 10 };
const ENDED = { step: null, pager: "ended" };
const STUCK = { step: null, pager: "leads-on" };
const SECOND = requestStep({ url: "https://a.example/api?page=2" }, 2);

test.each<[string, DataPaging, unknown, Answered, object]>([
  ["a full part leads on", PAGES, { a: 1 }, { count: 10 }, { step: SECOND, pager: "leads-on" }],
  ["a short part is the last", PAGES, { a: 1 }, { count: 9 }, ENDED],
  ["an empty part is the last", PAGES, { a: 1 }, { count: 0, total: 40 }, ENDED],
  ["a total that is reached ends the list", PAGES, { a: 1 }, { count: 10, total: 10 }, ENDED],
  ["a total outweighs a short part", PAGES, { a: 1 }, { count: 7, total: 30 }, { step: SECOND, pager: "leads-on" }],
  [
    "a flag that says so outweighs a short part",
    { ...PAGES, more: { keys: ["hasNext"], is: true } },
    { hasNext: true },
    { count: 7 },
    { step: SECOND, pager: "leads-on" },
  ],
  ["a flag ends a full part", { ...PAGES, more: { keys: ["last"], is: false } }, { last: true }, { count: 10 }, ENDED],
  [
    "a flag ends a list whose cursor goes on",
    { by: "cursor", keys: ["end"], parameter: "after", more: { keys: ["hasNextPage"], is: true } },
    { end: "abc", hasNextPage: false },
    { count: 10 },
    ENDED,
  ],
  ["no cursor ends the list", { by: "cursor", keys: ["end"], parameter: "after" }, { end: null }, { count: 10 }, ENDED],
  ["false is no cursor", { by: "cursor", keys: ["end"], parameter: "after" }, { end: false }, { count: 10 }, ENDED],
  [
    "more without a cursor is no end",
    { by: "cursor", keys: ["end"], parameter: "after", more: { keys: ["more"], is: true } },
    { end: null, more: true },
    { count: 10 },
    STUCK,
  ],
  [
    "an address on another host is not followed, and is no end",
    { by: "address", keys: ["next"] },
    { next: "https://b.example/api?page=2" },
    { count: 10 },
    STUCK,
  ],
  [
    "a part that names itself is not asked for again, and is no end",
    { by: "address", keys: ["next"] },
    { next: "?page=1" },
    { count: 10 },
    STUCK,
  ],
])("%s", (_, paging, answer, part, way) => {
  expect(wayOn(paging, answer, part)).toEqual(way);
});

test("what was posted for a part is what the next one is asked with", () => {
  const body = { as: "json" as const, text: '{"page":0,"size":10}' };
  const asked = { url: "https://a.example/api", method: "POST" as const, body };
  const paging: DataPaging = { by: "number", parameter: "page", in: "body", first: 0, step: 1, size: 10 };

  const { step } = wayOn(paging, { a: 1 }, { count: 10, sent: '{"page":3,"size":10}' }, asked);

  expect(step).toMatchObject({ kind: "request", method: "POST", body: { text: '{"page":4,"size":10}' }, page: 5 });
});

test("the same cursor again is no way on, and no end", () => {
  const body = { as: "json" as const, text: '{"variables":{"after":null}}' };
  const asked = { url: "https://a.example/graphql", method: "POST" as const, body };
  const paging: DataPaging = { by: "cursor", keys: ["end"], parameter: "variables.after", in: "body" };

  expect(wayOn(paging, { end: "c1" }, { count: 10, sent: '{"variables":{"after":"c1"}}' }, asked)).toEqual(STUCK);
});
