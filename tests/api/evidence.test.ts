import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { startListSite } from "./list-site.ts";
import { openTestApi } from "./open-test-api.ts";

const site = await startListSite();
const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
const browsers = () => Promise.resolve(pool);
const { api, as, portals, artifacts, database } = await openTestApi({ allowHosts: [site.host], browsers });
const headers = as("viewer");
let opportunity = { id: "", title: "" };
let here = "";

beforeAll(async () => {
  await portals.desk.submit({ jobId: "job", url: site.url, portalId: "town", configuration: {} });
  await portals.runner.run("job", new AbortController().signal);
  [opportunity] = (await get("/api/v1/opportunities?q=Supply&sort=title&limit=1")).json().items;
  here = `/api/v1/opportunities/${opportunity.id}/evidence`;
}, 60_000);
afterAll(async () => {
  await pool.close();
  await site.close();
});

function get(url: string) {
  return api.inject({ url, headers });
}

test("a value's evidence says where it stands, and that it still stands there", async () => {
  const { field, value, evidence } = (await get(`${here}/title`)).json();

  expect({ field, value }).toEqual({ field: "title", value: opportunity.title });
  expect(evidence).toHaveLength(1);
  expect(evidence[0]).toMatchObject({ quote: opportunity.title, verified: true, reason: null, message: null });
  expect((await get(evidence[0].links.artifact)).statusCode).toBe(200);
});

test("the stored page is shown with the value outlined, and can do nothing", async () => {
  const { evidence } = (await get(`${here}/title`)).json();
  const page = await get(evidence[0].links.page.split("#")[0]);

  expect(page.statusCode).toBe(200);
  expect(page.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "x-frame-options": "SAMEORIGIN",
    "x-content-type-options": "nosniff",
  });
  const outlined = /id="gleaner-evidence"[^>]*>([\s\S]*?)<\//.exec(page.body)?.[1] ?? "";
  expect(outlined.replace(/<[^>]+>/g, "")).toContain(opportunity.title);
  expect(page.body).not.toMatch(/<script|href=/);
});

test("a picture shows the page with a box, without asking the site", { timeout: 60_000 }, async () => {
  const asked = site.asked.length;
  const reply = await get(`${here}/title/screenshot`);

  expect(reply.statusCode).toBe(200);
  expect(reply.headers["content-type"]).toBe("image/jpeg");
  expect(reply.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(site.asked.length).toBe(asked);
});

test("a field without evidence, or a place that it does not have, answers 404", async () => {
  for (const url of [
    `${here}/valueMax`,
    `${here}/constructor`,
    `${here}/title/page?index=7`,
    `${here}/nothing/screenshot`,
  ]) {
    const reply = await get(url);
    expect([reply.statusCode, reply.json().error.code]).toEqual([404, "field_without_evidence"]);
  }
});

test("evidence that does not hold says so", async () => {
  const update = (evidence: object) =>
    database.db
      .updateTable("opportunity")
      .set({ evidence: JSON.stringify(evidence) })
      .where("id", "=", opportunity.id)
      .execute();
  const { evidence: places } = (await get(`/api/v1/opportunities/${opportunity.id}`)).json();
  const [place] = places.title;
  const gone = "0".repeat(64);
  await update({
    title: [
      { ...place, quote: "Invented" },
      { ...place, artifact: gone },
      { ...place, artifact: null },
    ],
  });

  const { evidence } = (await get(`${here}/title`)).json();
  expect(evidence.map(({ verified, reason }: { verified: boolean; reason: string }) => [verified, reason])).toEqual([
    [false, "quote_not_found"],
    [false, "artifact_missing"],
    [false, "not_stored"],
  ]);
  expect((await get(`${here}/title/page?index=1`)).json().error.code).toBe("evidence_gone");
});

test("a stored page is shown as one that does nothing, or as its source", async () => {
  const html = "<p onclick=x()>text<script>x()</script>";
  const { sha256 } = await artifacts.put(Buffer.from(html), { mediaType: "text/html; charset=utf-8", kind: "page" });
  const shown = await get(`/api/v1/artifacts/${sha256}?view=html&path=${encodeURIComponent("/html[1]/body[1]/p[1]")}`);
  const source = await get(`/api/v1/artifacts/${sha256}?view=text`);
  const missing = await get(`/api/v1/artifacts/${sha256}?view=html&path=/html[1]/body[1]/p[9]`);

  expect(shown.headers["content-security-policy"]).toMatch(/^sandbox; default-src 'none'/);
  expect(shown.body).toMatch(/<p id="gleaner-evidence"[^>]*>text<\/p>/);
  expect([source.headers["content-type"], source.body]).toEqual(["text/plain; charset=utf-8", html]);
  expect(source.headers["content-security-policy"]).toContain("sandbox");
  expect([missing.statusCode, missing.json().error.code]).toEqual([404, "evidence_gone"]);
});

test("what is no page is not shown as one", async () => {
  const { sha256 } = await artifacts.put(Buffer.from("%PDF"), { mediaType: "application/pdf", kind: "document" });
  const shown = await get(`/api/v1/artifacts/${sha256}?view=html`);
  const source = await get(`/api/v1/artifacts/${sha256}?view=text`);

  expect([shown.statusCode, shown.json().error.code]).toEqual([400, "artifact_not_a_page"]);
  expect(source.headers["content-disposition"]).toMatch(/^attachment/);
});

test("evidence is for those with a key", async () => {
  for (const url of [`${here}/title`, `${here}/title/page`, `${here}/title/screenshot`])
    expect((await api.inject({ url })).statusCode).toBe(401);
});
