import { expect, test } from "vitest";
import { signedInList, type SignedInOptions } from "../sites/signed-in-lists.ts";
import { tenders } from "../sites/tenders.ts";
import { MemoryLogIn } from "../sites/memory-log-in.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();
const PAGES = { count: 25, size: 10 };
const TRUTH = tenders(25).map(({ reference }) => reference);

async function portal(options: Partial<SignedInOptions> = {}) {
  const site = signedInList({ ...PAGES, ...options });
  const served = await serve(site.handle);
  const request = { url: `${served.url}/tenders`, allowHosts: [served.host], transport: "http" as const };
  return { site, served, request };
}

test("a list behind a log-in is brought home whole", async () => {
  const { site, served, request } = await portal();
  const logIn = new MemoryLogIn({ origins: [served.url] });

  const result = await harvester.harvest({ ...request, logIn });

  expect(result.completeness).toMatchObject({ state: "complete", found: 25 });
  expect((await recordsOf(result.run)).map(({ fields }) => fields["reference"])).toEqual(TRUTH);
  expect(site.tries()).toBe(1);
});

test("a second run comes with the session of the first, and sends no password", async () => {
  const { site, served, request } = await portal();
  const logIn = new MemoryLogIn({ origins: [served.url] });
  const { recipeId } = await harvester.harvest({ ...request, logIn });
  const later = new MemoryLogIn({ origins: [served.url] });
  later.session = logIn.session;
  const again = await harvester.harvest({ recipeId: recipeId ?? "", allowHosts: [served.host], logIn: later });

  expect(again.completeness).toMatchObject({ state: "complete", found: 25 });
  expect(site.tries()).toBe(1);
});

test("a session that ends in the middle is renewed once, and the page is asked for again", async () => {
  const { site, served, request } = await portal({ endsSessionAfter: 2 });
  const logIn = new MemoryLogIn({ origins: [served.url] });

  const result = await harvester.harvest({ ...request, logIn });

  expect(result.completeness).toMatchObject({ state: "complete", found: 25, gaps: [] });
  expect(site.tries()).toBe(2);
});

test("a wrong password is tried once, and said", async () => {
  const { site, served, request } = await portal();
  const logIn = new MemoryLogIn({ origins: [served.url], password: "wrong" });

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({
    code: "login_failed",
    details: { why: "refused" },
  });
  expect(site.tries()).toBe(1);
  expect(logIn.refusal).toBe("refused");
});

test("an account that is locked waits for a person", async () => {
  const { site, served, request } = await portal({ locksAfter: 1 });
  const logIn = new MemoryLogIn({ origins: [served.url], password: "wrong" });

  const result = await harvester.harvest({ ...request, logIn });

  expect(result).toMatchObject({ reason: "wall", wall: { kind: "login" } });
  expect(site.tries()).toBe(1);
});

test.each<[string, Partial<SignedInOptions>]>([
  ["a hidden token", { token: true }],
  ["name and password one after the other", { form: "two" }],
])("a log-in with %s is passed", async (_what, options) => {
  const { site, served, request } = await portal(options);
  const logIn = new MemoryLogIn({ origins: [served.url] });

  const result = await harvester.harvest({ ...request, logIn });

  expect(result.completeness).toMatchObject({ state: "complete", found: 25 });
  expect(site.tries()).toBe(1);
});

test("a portal that forgets whom it let in is asked no more than once", async () => {
  const { site, served, request } = await portal({ forgets: true });
  const logIn = new MemoryLogIn({ origins: [served.url] });

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({ code: "login_failed" });
  expect(site.tries()).toBe(1);
});

test("a portal that wants a one-time code nobody can make says so", async () => {
  const { served, request } = await portal({ codes: true });
  const logIn = new MemoryLogIn({ origins: [served.url] });

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({ details: { why: "code_missing" } });
});

test("a password that stopped working in the middle ends the run, with what was found until then", async () => {
  const { site, served, request } = await portal({ endsSessionAfter: 2 });
  const logIn = new MemoryLogIn({ origins: [served.url] });
  const learnt = await harvester.learn({ ...request, logIn });
  const stale = new MemoryLogIn({ origins: [served.url], password: "changed since" });
  stale.session = logIn.session;

  const result = await harvester.harvest({ recipeId: learnt.recipeId ?? "", allowHosts: [served.host], logIn: stale });

  expect(result.reason).toBe("login_failed");
  expect(result.completeness).toMatchObject({ state: "incomplete", found: 20 });
  expect(site.tries()).toBe(2);
});

test("no page of the log-in is stored", async () => {
  const { served, request } = await portal();
  const logIn = new MemoryLogIn({ origins: [served.url] });

  const result = await harvester.harvest({ ...request, logIn });
  const pages = [];
  for await (const { url, label } of harvester.runs.pages(result.run)) pages.push(url, label);

  expect(pages.filter((text) => /login/.test(text))).toEqual([]);
  expect(JSON.stringify(await harvester.runs.get(result.run))).not.toContain("password");
});
