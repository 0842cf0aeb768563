import { afterAll, expect, test } from "vitest";
import { changingList, type Look } from "../sites/changing-list.ts";
import { startSite } from "../sites/local-site.ts";
import { openTestApi } from "./open-test-api.ts";

const register = changingList();
const site = await startSite(register.handle);
const { api, as, portals, attention } = await openTestApi({ allowHosts: [site.host] });
afterAll(() => site.close());

let jobs = 0;

/** A portal that was learnt on the table and then met another look. */
async function changedTo(look: Look, portalId: string) {
  register.show("table");
  await scrape(portalId);
  register.show(look);
  await scrape(portalId);
  const { items } = await get(`/api/v1/heals?portalId=${portalId}`);
  return items;
}

async function scrape(portalId: string) {
  const jobId = `job-${(jobs += 1)}`;
  await portals.desk.submit({ jobId, url: `${site.url}/tenders?of=${portalId}`, portalId, configuration: {} });
  await portals.runner.run(jobId, new AbortController().signal);
  return get(`/status/${jobId}`);
}

const get = async (url: string) => (await api.inject({ url, headers: as("viewer") })).json();

const askedAbout = async () =>
  (await attention.list()).filter(({ kind }) => kind === "portal.heal").map(({ subject }) => subject);

const decide = (
  id: number,
  verdict: "approve" | "reject",
  payload: object = {},
  role: "operator" | "viewer" = "operator",
) => api.inject({ method: "POST", url: `/api/v1/heals/${id}/${verdict}`, headers: as(role), payload });

test("a proven healing is in the ledger, field by field and with the same records before and after", async () => {
  const [heal] = await changedTo("redesigned", "proven");

  expect(heal).toMatchObject({ state: "healed", fromVersion: 1, toVersion: 2, portal: { id: "proven" } });
  const { fields, sample } = await get(`/api/v1/heals/${heal.id}`);
  const title = fields.find(({ name }: { name: string }) => name.toLowerCase() === "title");
  expect(title).toMatchObject({ change: "moved" });
  expect(title.before.places).not.toEqual(title.after.places);
  expect(sample).toHaveLength(register.count);
  for (const { before, after } of sample) expect(after.Title ?? after.title).toBe(before.Title ?? before.title);
});

test("a healing that was taken back is not tried again", async () => {
  const [heal] = await changedTo("redesigned", "taken-back");

  const reply = await decide(heal.id, "reject", { note: "They will change it back." });

  expect(reply.json()).toMatchObject({ state: "undone", decision: { note: "They will change it back." } });
  expect(await get(`/api/v1/recipes/${heal.recipeId}`)).toMatchObject({ version: 3, origin: "edited" });
  await scrape("taken-back");
  const [latest] = (await get("/api/v1/heals?portalId=taken-back")).items;
  expect(latest).toMatchObject({ state: "waiting", reasons: ["A person has rejected this very healing before."] });
});

test("what cannot be proven waits; approving it puts it into use and settles who was asked", async () => {
  const [heal] = await changedTo("poor", "waiting");
  expect(heal).toMatchObject({ state: "waiting", toVersion: null, hasProposal: true });
  expect(heal.reasons).not.toEqual([]);
  const { fields } = await get(`/api/v1/heals/${heal.id}`);
  const lost = fields.filter(({ change }: { change: string }) => change === "lost");
  expect(lost.map(({ name }: { name: string }) => name)).toEqual(heal.proof.lost);
  const missing = ["department", "closing_date", "value"];
  expect(heal.proof).toMatchObject({ lost: missing, gone: missing });
  expect(await askedAbout()).toContain("portal:waiting");
  expect((await get("/api/v1/heals?state=waiting")).items.map(({ id }: { id: number }) => id)).toContain(heal.id);

  const reply = await decide(heal.id, "approve", { note: "The values are not published any more." });

  expect(reply.json()).toMatchObject({ state: "approved", toVersion: 2 });
  expect(await askedAbout()).not.toContain("portal:waiting");
  expect((await scrape("waiting")).progress.opportunitiesFound).toBe(register.count);
  const again = await decide(heal.id, "reject");
  expect([again.statusCode, again.json().error.code]).toEqual([409, "heal_decided"]);
});

test("rejecting a proposal keeps the recipe as it was", async () => {
  const [heal] = await changedTo("poor", "rejected");

  expect((await decide(heal.id, "reject")).json()).toMatchObject({ state: "rejected", toVersion: null });
  expect(await get(`/api/v1/recipes/${heal.recipeId}`)).toMatchObject({ version: 1 });
});

test("a proposal for a recipe that was corrected meanwhile is outdated", async () => {
  const [heal] = await changedTo("poor", "corrected");
  const { recipe } = await get(`/api/v1/recipes/${heal.recipeId}`);
  const headers = as("operator");
  const payload = { recipe: { ...recipe, name: "Corrected" } };
  await api.inject({ method: "PUT", url: `/api/v1/recipes/${heal.recipeId}`, headers, payload });

  const reply = await decide(heal.id, "approve");

  expect([reply.statusCode, reply.json().error.code]).toEqual([409, "heal_outdated"]);
  expect((await get(`/api/v1/heals/${heal.id}`)).state).toBe("outdated");
});

test("viewers look but do not decide, and unknown healings are not found", async () => {
  const [heal] = await changedTo("poor", "roles");

  expect((await decide(heal.id, "approve", {}, "viewer")).statusCode).toBe(403);
  expect((await get("/api/v1/heals/999999")).error.code).toBe("heal_not_found");
  expect((await get("/api/v1/heals?portalId=nobody")).error.code).toBe("portal_not_found");
});
