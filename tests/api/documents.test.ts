import { afterAll, expect, test } from "vitest";
import { docxOf, encryptedOffice, pdfOf } from "#products/portals/testing";
import { startSite } from "../sites/local-site.ts";
import { openTestApi } from "./open-test-api.ts";

const LONG = { timeout: 120_000 };
const notice = {
  etag: '"v1"',
  body: pdfOf([["Tender notice"], ["The bridge over the Elm is to be repainted in green"]]),
};
const FILES: Record<string, { type: string; body: () => Uint8Array | string }> = {
  "/files/notice.pdf": { type: "application/pdf", body: () => notice.body },
  "/files/terms.docx": { type: "application/octet-stream", body: () => docxOf(["Payment within thirty days"]) },
  "/files/scan.pdf": { type: "application/pdf", body: () => pdfOf([[], []]) },
  "/files/secret.docx": { type: "text/html", body: () => encryptedOffice() },
  "/files/moved.pdf": { type: "application/pdf", body: () => "<!doctype html><title>Log in</title><form>" },
};
let gone = 0;

const site = await startSite(({ path, headers, askedBefore }) => {
  if (path === "/robots.txt") return { body: "User-agent: *\nDisallow: /files/private" };
  if (path === "/list") return { headers: { "content-type": "text/html" }, body: list() };
  if (path === "/files/busy.pdf") {
    gone += 1;
    return askedBefore === 0 ? { status: 503 } : { body: pdfOf([["Back again"]]) };
  }
  const file = FILES[path];
  if (!file) return null;
  if (path === "/files/notice.pdf" && headers["if-none-match"] === notice.etag) return { status: 304 };
  const etag = path === "/files/notice.pdf" ? { etag: notice.etag } : {};
  return { headers: { "content-type": file.type, ...etag }, body: file.body() };
});
afterAll(() => site.close());

function list(): string {
  const names = [
    "notice.pdf",
    "terms.docx",
    "scan.pdf",
    "secret.docx",
    "moved.pdf",
    "missing.pdf",
    "private/x.pdf",
    "busy.pdf",
  ];
  const rows = names.map(
    (name, at) =>
      `<tr><td><a href="/t/${at}">Repair of bridge number ${at}</a></td><td>REF-${100 + at}</td><td>2026-0${1 + at}-11</td><td><a href="/files/${name}">${name}</a></td></tr>`,
  );
  return `<!doctype html><title>Tenders</title><h1>Open tenders</h1><table><thead><tr><th>Title</th><th>Reference</th><th>Closing date</th><th>Document</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

let now = new Date("2026-03-02T12:00:00Z");
const { api, portals, artifacts, as } = await openTestApi({ allowHosts: [site.host], clock: () => now });
const headers = as("operator");
const get = async (url: string) => (await api.inject({ url, headers: as("viewer") })).json();

async function run(portalId: string): Promise<string> {
  const { jobId } = (await api.inject({ method: "POST", url: `/api/v1/portals/${portalId}/run`, headers })).json();
  await portals.runner.run(jobId, new AbortController().signal);
  return jobId;
}

async function collect(portalId: string, jobId?: string, signal = new AbortController().signal): Promise<void> {
  await portals.documents.collector.collect({ portalId, jobId }, signal);
}

async function addPortal(id: string, documents?: object): Promise<void> {
  const configuration = documents === undefined ? {} : { documents };
  const payload = { id, url: `${site.url}/list`, configuration };
  const reply = await api.inject({ method: "POST", url: "/api/v1/portals", headers, payload });
  expect(reply.statusCode).toBe(201);
}

interface Listed {
  name: string;
  url: string;
  document: { id: string; state: string; reason: string | null; artifact: string | null } | null;
}

async function documentsOf(portalId: string): Promise<Map<string, Listed>> {
  const { items } = await get(`/api/v1/opportunities?portalId=${portalId}`);
  const lists = await Promise.all(
    items.map(
      async ({ id }: { id: string }): Promise<Listed[]> => (await get(`/api/v1/opportunities/${id}/documents`)).items,
    ),
  );
  return new Map(lists.flat().map((each: Listed) => [each.url.replace(`${site.url}/files/`, ""), each]));
}

const asked = (path: string) => site.requests.filter((line) => line === `GET ${path}`).length;

test("a portal's files are left where they are unless it says otherwise", LONG, async () => {
  await addPortal("plain");
  await collect("plain", await run("plain"));
  const found = await documentsOf("plain");

  expect(found.get("notice.pdf")).toMatchObject({ url: `${site.url}/files/notice.pdf`, document: null });
  expect(asked("/files/notice.pdf")).toBe(0);
});

test(
  "files are fetched once, kept as they are and read for what they are, whatever they are called",
  LONG,
  async () => {
    await addPortal("kept", { download: true });
    const jobId = await run("kept");
    await collect("kept", jobId);
    await collect("kept", jobId);
    const found = await documentsOf("kept");
    const states = Object.fromEntries(
      [...found].map(([name, { document }]) => [name, document?.reason ?? document?.state]),
    );

    expect(states).toEqual({
      "notice.pdf": "text",
      "terms.docx": "text",
      "scan.pdf": "no_text",
      "secret.docx": "encrypted",
      "moved.pdf": "not_the_document",
      "missing.pdf": "not_found",
      "private/x.pdf": "robots_disallowed",
      "busy.pdf": "server_error",
    });
    expect(asked("/files/notice.pdf")).toBe(1);
    expect(asked("/files/private/x.pdf")).toBe(0);
    const stored = await artifacts.get(found.get("notice.pdf")?.document?.artifact ?? "");
    expect(Buffer.from(stored?.bytes ?? []).equals(notice.body)).toBe(true);
  },
);

test("what fails and may pass is tried again later, what will not pass is left", LONG, async () => {
  now = new Date("2026-03-02T14:00:00Z");
  await collect("kept");
  const found = await documentsOf("kept");

  expect(found.get("busy.pdf")?.document).toMatchObject({ state: "text", reason: null });
  expect(asked("/files/missing.pdf")).toBe(1);
  expect(gone).toBe(2);
});

test("a search shows the words with their page, and the quote stands in the stored bytes", LONG, async () => {
  const { items } = await get("/api/v1/documents/search?q=green%20BRIDGE");
  const [hit] = items;
  const { document, pages } = await get(`/api/v1/documents/${hit.documentId}/text?from=${hit.evidence.page}&limit=1`);

  expect(items).toHaveLength(1);
  expect(hit.opportunities).toMatchObject([{ title: "Repair of bridge number 0", name: "notice.pdf" }]);
  expect(hit.highlights.map(([from, to]: [number, number]) => hit.quote.slice(from, to))).toEqual(["bridge", "green"]);
  expect(hit.evidence).toMatchObject({ page: 2, artifact: document.artifact, quote: hit.quote });
  expect(pages[0].text).toContain(hit.quote);
  expect((await get("/api/v1/documents/search?q=green%20-bridge")).items).toEqual([]);
  expect((await get(`/api/v1/documents/search?q=bridge&portalId=plain`)).items).toEqual([]);
});

test("opportunities are found by what their documents say, after those that say it themselves", LONG, async () => {
  const find = async (q: string): Promise<string[]> => {
    const { items } = await get(`/api/v1/opportunities?sort=-relevance&q=${encodeURIComponent(q)}&portalId=kept`);
    return items.map(({ title }: { title: string }) => title);
  };

  expect(await find("repainted green")).toEqual(["Repair of bridge number 0"]);
  expect(await find("REPAINT")).toEqual(["Repair of bridge number 0"]);
  expect(await find('"repainted in green"')).toEqual(["Repair of bridge number 0"]);
  expect(await find('"green repainted"')).toEqual([]);
  expect(await find("repainted -bridge")).toEqual([]);
  expect(await find("repainted -tunnel")).toEqual(["Repair of bridge number 0"]);
  expect(await find("repainted thirty")).toEqual([]);
  expect(await find("bridge -green")).toContain("Repair of bridge number 1");
  expect(await find("thirty days")).toEqual(["Repair of bridge number 1"]);
  expect((await get("/api/v1/opportunities?q=repainted&portalId=plain")).items).toEqual([]);
  expect((await get("/api/v1/opportunities?q=repainted&portalId=kept&limit=1")).total ?? 1).toBe(1);
});

test("a file that has not changed is asked for and not sent again; one that has is read anew", LONG, async () => {
  now = new Date("2026-03-10T12:00:00Z");
  await collect("kept");
  const [first] = (await get("/api/v1/documents/search?q=bridge")).items;
  notice.etag = '"v2"';
  notice.body = pdfOf([["The tunnel is to be repainted"]]);
  now = new Date("2026-03-18T12:00:00Z");
  await collect("kept");

  expect(asked("/files/notice.pdf")).toBe(3);
  expect(asked("/files/terms.docx")).toBe(1);
  expect((await get("/api/v1/documents/search?q=bridge")).items).toEqual([]);
  const [second] = (await get("/api/v1/documents/search?q=tunnel")).items;
  expect(second).toMatchObject({ documentId: first.documentId, evidence: { page: 1 } });
  expect(second.evidence.artifact).not.toBe(first.evidence.artifact);
});

test("limits of size, number and type are kept", LONG, async () => {
  await addPortal("small", { download: true, maxBytes: 1_024, maxPerJob: 3, types: ["docx"] });
  const before = site.requests.length;
  await collect("small", await run("small"));
  const files = site.requests.slice(before).filter((line) => line.includes("/files/"));
  const found = await documentsOf("small");

  expect(files).toHaveLength(3);
  expect(found.get("terms.docx")?.document).toMatchObject({ state: "text" });
  expect(found.get("scan.pdf")?.document).toMatchObject({ state: "failed", reason: "type_not_wanted" });
  expect([...found.values()].filter(({ document }) => document?.state === "pending")).toHaveLength(5);
});

test("work that was cut off goes on with the next file", LONG, async () => {
  await addPortal("cut", { download: true });
  const jobId = await run("cut");
  const before = site.requests.length;
  await expect(collect("cut", jobId, AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
  await collect("cut", jobId);
  const files = site.requests.slice(before).filter((line) => line.includes("/files/"));

  expect(files.length).toBe(new Set(files).size);
  expect([...(await documentsOf("cut")).values()].some(({ document }) => document?.state === "pending")).toBe(false);
});

test("a document can be asked for again by an operator only", LONG, async () => {
  const found = await documentsOf("kept");
  const url = `/api/v1/documents/${found.get("missing.pdf")?.document?.id}/retry`;
  const refused = await api.inject({ method: "POST", url, headers: as("viewer") });
  const taken = await api.inject({ method: "POST", url, headers });

  expect(refused.statusCode).toBe(403);
  expect(taken.json()).toMatchObject({ state: "pending", reason: null });
});
