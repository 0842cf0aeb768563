import { afterAll, describe, expect, test } from "vitest";
import { Agent } from "#engines/agent";
import { scriptedAsk, sensible } from "#engines/agent/testing";
import { BrowserPool } from "#engines/browser";
import { silentLogger, systemClock } from "#kernel";
import { AddressGuard } from "#platform/egress";
import { listBehindMenu, listBehindSearch, listBehindTab } from "../sites/hidden-lists.ts";
import { captchaAfterFirstPage } from "../sites/guarded-lists.ts";
import { tenders } from "../sites/tenders.ts";
import { tendersBelowNews } from "../sites/wished-lists.ts";
import { useHarvester } from "./open-harvester.ts";

// One browser: a proof in a browser must not wait for the one that the exploration holds.
const pool = new BrowserPool({ guard: new AddressGuard({}), maxBrowsers: 1 });
const { harvester, serve, recordsOf } = await useHarvester(async () => pool);
const browsers = async () => pool;
const retry = { maxRetries: 2, initialDelayMs: 1, maxDelayMs: 2, backoffMultiplier: 2 };

afterAll(() => pool.close());

const COUNT = 23;
const truth = tenders(COUNT).map(({ reference }) => reference);

function agentWith(ask: ReturnType<typeof scriptedAsk> | null): Agent {
  return new Agent({
    harvester,
    browsers,
    askFor: ask && (() => ask),
    clock: systemClock,
    logger: silentLogger,
    retry,
  });
}

describe("an agent", () => {
  test.each([
    ["two links away", listBehindMenu, "http"],
    ["behind a search form with tokens", listBehindSearch, "http"],
    ["behind a tab that a script opens", listBehindTab, "browser"],
  ] as const)(
    "learns a list %s, and the recipe brings it home without asking anybody",
    async (_, portal, transport) => {
      const site = await serve(portal({ count: COUNT, size: 10 }));
      const ask = scriptedAsk(sensible);
      const request = { url: `${site.url}/`, allowHosts: [site.host] };

      const learnt = await agentWith(ask).explore(request);

      expect(learnt).toMatchObject({ kind: "learnt" });
      const stored = learnt.kind === "learnt" ? learnt.stored : null;
      expect(stored?.recipe.transport).toBe(transport);
      expect(ask.questions.length).toBeGreaterThan(0);
      const asked = ask.questions.length;
      const { run, completeness } = await harvester.harvest({ recipeId: stored?.id ?? "", allowHosts: [site.host] });
      const found = (await recordsOf(run)).map(({ text }) => /T-2026-\d+/.exec(text)?.[0]);
      expect(found).toEqual(truth);
      expect(completeness.state).not.toBe("incomplete");
      expect(ask.questions.length).toBe(asked);
    },
  );

  test("asks nobody where the analyser is sure", async () => {
    const site = await serve(listBehindMenu({ count: COUNT, size: 10 }));
    const ask = scriptedAsk(sensible);

    const result = await agentWith(ask).learn({ url: `${site.url}/open`, allowHosts: [site.host] });

    expect(result).toMatchObject({ kind: "learnt", decidedBy: "analyser" });
    expect(ask.questions).toEqual([]);
  });

  test("asks about a list that another rivals, and nobody where a person has pointed at it", async () => {
    const site = await serve(tendersBelowNews(tenders(7)));
    const ask = scriptedAsk(sensible);
    const request = { url: `${site.url}/`, allowHosts: [site.host] };

    const pointed = await agentWith(ask).learn({ ...request, listSelector: "table.notices" });
    expect(pointed).toMatchObject({ kind: "learnt", decidedBy: "analyser", outcome: { doubts: [] } });
    expect(pointed.outcome?.sample).toHaveLength(7);
    expect(ask.questions).toEqual([]);

    expect(await agentWith(ask).learn(request)).toMatchObject({ kind: "learnt", decidedBy: "agent" });
    expect(ask.questions).toHaveLength(1);
  });

  test("says what to do where the analyser is not sure and nobody can be asked", async () => {
    const site = await serve(listBehindTab({ count: COUNT, size: 10 }));

    const result = await agentWith(null).explore({ url: `${site.url}/`, allowHosts: [site.host] });

    expect(result).toMatchObject({ kind: "failed", reason: expect.stringContaining("LLM_PROVIDER") });
  });

  test("hands a wall to a person and goes on when it was cleared", async () => {
    let isCleared = false;
    const walled = captchaAfterFirstPage({ count: COUNT, size: 30 });
    const open = listBehindMenu({ count: COUNT, size: 30 });
    const site = await serve((asked) =>
      isCleared ? open({ ...asked, path: "/open" }) : walled({ ...asked, query: new URLSearchParams("page=2") }),
    );
    const request = { url: `${site.url}/tenders`, allowHosts: [site.host] };

    expect(await agentWith(scriptedAsk(sensible)).explore(request)).toMatchObject({
      kind: "wall",
      wall: { kind: "captcha" },
    });
    const walls: string[] = [];
    const cleared = await agentWith(scriptedAsk(sensible)).explore({
      ...request,
      people: {
        visitor: null,
        comeToWalls: true,
        onSession: () => undefined,
        onWall: async ({ kind }) => {
          walls.push(kind);
          isCleared = true;
          return true;
        },
      },
    });
    expect(walls).toEqual(["captcha"]);
    expect(cleared.kind).not.toBe("wall");
  });

  test("stops when it is cancelled and leaves no session behind", async () => {
    const site = await serve(listBehindMenu({ count: COUNT, size: 10 }));
    const stop = new AbortController();
    const ask = scriptedAsk((question, shown) => {
      stop.abort(new Error("stopped by the user"));
      return sensible(question, shown);
    });

    const result = await agentWith(ask).explore({ url: `${site.url}/`, allowHosts: [site.host], signal: stop.signal });

    expect(result.kind).toBe("cancelled");
    expect(pool.status().active).toBe(0);
  });

  test("gives up on what goes round in circles, and says why", async () => {
    const site = await serve(listBehindMenu({ count: COUNT, size: 10 }));
    const ask = scriptedAsk(() => ({ action: "scroll" }));

    const result = await agentWith(ask).explore({ url: `${site.url}/`, allowHosts: [site.host] });

    expect(result).toMatchObject({ kind: "failed", reason: expect.stringMatching(/several times|limit of actions/) });
    expect(ask.questions.length).toBeLessThanOrEqual(10);
  });

  test("accepts no number that the outline did not show", async () => {
    const site = await serve(listBehindMenu({ count: COUNT, size: 10 }));
    const ask = scriptedAsk(() => ({
      action: "extract",
      record: 4_711,
      fields: [{ name: "title", node: 4_712, link: false }],
    }));

    const result = await agentWith(ask).explore({ url: `${site.url}/`, allowHosts: [site.host] });

    expect(result.kind).toBe("failed");
    expect(result.steps.filter(({ ok }) => !ok).map(({ reason }) => reason)).toContain(
      "there is no number 4711 on this page",
    );
  });
});
