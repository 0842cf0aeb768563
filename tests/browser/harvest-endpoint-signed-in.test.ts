import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { useHarvester } from "../flows/open-harvester.ts";
import { endpointList, LIST_PATH } from "../sites/endpoint-lists.ts";
import { MemoryLogIn } from "../sites/memory-log-in.ts";
import { signedInList } from "../sites/signed-in-lists.ts";
import { tenders } from "../sites/tenders.ts";

const LIMIT = { timeout: 120_000 };
const SIZES = { count: 29, size: 8 };
const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
let browsersAsked = 0;
const { harvester, serve, recordsOf } = await useHarvester(async () => {
  browsersAsked += 1;
  return pool;
});

/** A list for those who signed in, and the endpoint that its script asks with their cookie. */
async function portal(kind: "page number" | "posted JSON") {
  const accounts = signedInList({ ...SIZES });
  const list = endpointList(kind, SIZES);
  const site = await serve((request) => {
    if (request.path !== LIST_PATH && !request.path.startsWith("/api")) return accounts.handle(request);
    const asPage = accounts.handle({ ...request, method: "GET", path: "/tenders", query: new URLSearchParams() });
    if ((asPage?.status ?? 200) < 300) return list(request);
    return request.path === LIST_PATH ? asPage : { status: 401, body: '{"error":"sign in"}' };
  });
  const logIn = new MemoryLogIn({ origins: [site.url] });
  return { site, accounts, logIn, request: { allowHosts: [site.host], logIn }, url: `${site.url}${LIST_PATH}` };
}

async function titles(run: string): Promise<number> {
  const text = (await recordsOf(run)).map((record) => record.text).join("\n");
  return tenders(SIZES.count).filter(({ reference }) => text.includes(reference)).length;
}

test.each(["page number", "posted JSON"] as const)(
  "the endpoint (%s) of a portal that is signed in to is read with its session, without a browser",
  LIMIT,
  async (kind) => {
    const { accounts, request, url } = await portal(kind);
    const { recipe, recipeId } = await harvester.learn({ ...request, url });
    expect(recipe?.endpoint).toBeDefined();
    expect(JSON.stringify(recipe)).not.toContain("session");
    const asked = browsersAsked;

    const result = await harvester.harvest({ ...request, recipeId: recipeId ?? "" });

    expect(result).toMatchObject({ recordCount: SIZES.count, completeness: { state: "complete" } });
    expect(await titles(result.run)).toBe(SIZES.count);
    expect(browsersAsked).toBe(asked);
    expect(accounts.tries()).toBe(1);
    expect((await harvester.verify(result.run)).ok).toBe(true);
  },
);

test("where the session has ended, the portal is signed in to once more", LIMIT, async () => {
  const { accounts, request, url } = await portal("page number");
  const { recipeId } = await harvester.learn({ ...request, url });
  accounts.endSessions();

  const result = await harvester.harvest({ ...request, recipeId: recipeId ?? "" });

  expect(result).toMatchObject({ recordCount: SIZES.count, recipeVersion: 1, completeness: { state: "complete" } });
  expect(accounts.tries()).toBe(2);
});

test("where the session ends in the middle, the run goes on where it was", LIMIT, async () => {
  const { accounts, request, url, site } = await portal("page number");
  const { recipeId } = await harvester.learn({ ...request, url });
  site.requests.length = 0;
  const onProgress = ({ kind }: { kind: string }): void => {
    if (kind === "page" && accounts.tries() === 1) accounts.endSessions();
  };

  const result = await harvester.harvest({ ...request, recipeId: recipeId ?? "", onProgress });

  expect(result).toMatchObject({ recordCount: SIZES.count, completeness: { state: "complete" } });
  expect(accounts.tries()).toBe(2);
  expect(site.requests.filter((line) => line.includes("page=1"))).toHaveLength(1);
});

test("a stranger gets nothing from the endpoint, and the run says why", LIMIT, async () => {
  const { site, request, url } = await portal("page number");
  const { recipeId } = await harvester.learn({ ...request, url });

  const result = await harvester.harvest({ recipeId: recipeId ?? "", allowHosts: [site.host] });

  expect(result).toMatchObject({
    recordCount: 0,
    recipeVersion: 1,
    reason: "wall",
    completeness: { state: "incomplete" },
  });
});
