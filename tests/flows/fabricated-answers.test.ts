import { afterAll, describe, expect, test } from "vitest";
import { Agent, DecisionSchema, type Decision } from "#engines/agent";
import { NOTHING, scriptedAsk, type Shown } from "#engines/agent/testing";
import { BrowserPool } from "#engines/browser";
import { silentLogger, systemClock } from "#kernel";
import { AddressGuard } from "#platform/egress";
import { listBehindMenu } from "../sites/hidden-lists.ts";
import { useHarvester } from "./open-harvester.ts";

const pool = new BrowserPool({ guard: new AddressGuard({}) });
const { harvester, serve } = await useHarvester(async () => pool);

afterAll(() => pool.close());

describe("a fabricated answer", () => {
  test.each([
    ["a value instead of a number", { action: "extract", record: "T-2026-9999" }],
    ["an address instead of a number", { action: "click", node: "http://elsewhere.example/" }],
    ["a selector instead of a number", { action: "click", node: "#list > tr" }],
    ["no number at all", { action: "click", node: 0 }],
    ["a negative number", { action: "click", node: -4 }],
    ["half a number", { action: "click", node: 4.5 }],
    ["a number beyond all pages", { action: "click", node: 100_001 }],
    ["an action that there is not", { action: "navigate", node: 1 }],
    ["a value for a field", { action: "extract", record: 3, fields: [{ name: "title", value: "Made up" }] }],
  ])("with %s does not pass its schema", (_, answer) => {
    expect(DecisionSchema.safeParse({ ...NOTHING, ...answer }).success).toBe(false);
  });

  const record = (shown: readonly Shown[]): number => shown.find(({ kind }) => kind === "record")?.id ?? 1;
  const lies: readonly (readonly [string, (shown: readonly Shown[]) => Partial<Decision>])[] = [
    ["a record that is not on the page", () => ({ action: "extract", record: 4_711, fields: [] })],
    [
      "fields that are not on the page",
      (shown) => ({ action: "extract", record: record(shown), fields: [{ name: "title", node: 9_999, link: false }] }),
    ],
    [
      "a field that nobody asked for",
      (shown) => ({
        action: "extract",
        record: record(shown),
        fields: [{ name: "password", node: record(shown), link: false }],
      }),
    ],
    ["a link that is not on the page", () => ({ action: "click", node: 8_888 })],
    ["a field of a form that is not there", () => ({ action: "fill", node: 7_777, choice: 1 })],
    ["an input that nobody gave", (shown) => ({ action: "fill", node: record(shown), choice: 99 })],
    [
      "a number of a page left long ago",
      (shown) => ({ action: "click", node: Math.max(...shown.map(({ id }) => id)) + 1 }),
    ],
  ];

  test.each(lies)("with %s is refused, and nothing is learnt", { timeout: 60_000 }, async (_, lie) => {
    const site = await serve(listBehindMenu({ count: 23, size: 10 }));
    const ask = scriptedAsk((_question, shown) => lie(shown));
    const agent = new Agent({
      harvester,
      browsers: async () => pool,
      askFor: () => ask,
      clock: systemClock,
      logger: silentLogger,
    });

    const result = await agent.explore({ url: `${site.url}/`, allowHosts: [site.host] });

    expect(result.kind).toBe("failed");
    expect(ask.questions.length).toBeGreaterThan(0);
    expect(result.steps.filter(({ decidedBy, ok }) => decidedBy === "model" && ok)).toEqual([]);
    expect(await harvester.recipes.list({ limit: 5 })).toEqual([]);
    expect(site.requests.every((line) => line === "GET /")).toBe(true);
  });
});
