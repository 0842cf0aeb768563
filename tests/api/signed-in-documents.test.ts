import { afterAll, expect, test } from "vitest";
import { pdfOf } from "#products/portals/testing";
import { layout } from "../sites/layout.ts";
import { startSite } from "../sites/local-site.ts";
import { openTestApi } from "./open-test-api.ts";

/** Of the session that is open; each log-in begins another one. */
let key = "";
let logIns = 0;
const FORM = `<p>Please sign in.</p><form method="post" action="/login"><input name="username" autocomplete="username">
<input type="password" name="password"><button>Sign in</button></form>`;
/** What another host heard: addresses with the cookies that came along. */
const heard: string[] = [];

const elsewhere = await startSite(({ path, headers }) => {
  if (path === "/robots.txt") return null;
  heard.push(`${path} ${headers.cookie ?? "no cookie"}`);
  return { headers: { "content-type": "application/pdf" }, body: pdfOf([["Found elsewhere"]]) };
});
const site = await startSite(({ method, path, form, cookies }) => {
  if (method === "POST" && form.get("password") === "correct-horse") {
    key = `key-of-the-session-0123456789-${(logIns += 1)}`;
    return { status: 302, headers: { location: "/list", "set-cookie": `session=${key}; Path=/; HttpOnly` } };
  }
  if (cookies.get("session") !== key) return { body: layout("Sign in", FORM) };
  if (path === "/list") return { body: layout("Open tenders", list()) };
  if (path === "/files/away.pdf") return { status: 302, headers: { location: `${elsewhere.url}/redirected.pdf` } };
  const own = { "content-type": "application/pdf" };
  return path === "/files/own.pdf" ? { headers: own, body: pdfOf([["For those who signed in"]]) } : null;
});
afterAll(() => Promise.all([site.close(), elsewhere.close()]));

function list(): string {
  const files = ["/files/own.pdf", `${elsewhere.url}/linked.pdf`, "/files/away.pdf", "http://10.0.0.1/inside.pdf"];
  const rows = files.map(
    (file, at) =>
      `<tr><td><a href="/t/${at}">Repair of bridge number ${at}</a></td><td>REF-${100 + at}</td><td>2026-0${1 + at}-11</td><td><a href="${file}">Notice</a></td></tr>`,
  );
  return `<table><thead><tr><th>Title</th><th>Reference</th><th>Closing date</th><th>Document</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const { api, portals, as } = await openTestApi({ allowHosts: [site.host, elsewhere.host] });
const headers = as("operator");

test(
  "files of a portal are fetched as who is signed in there, and nobody else gets its session",
  { timeout: 120_000 },
  async () => {
    const payload = { id: "signed-in", url: `${site.url}/list`, configuration: { documents: { download: true } } };
    await api.inject({ method: "POST", url: "/api/v1/portals", headers, payload });
    const login = { username: "buyer", password: "correct-horse" };
    await api.inject({ method: "PUT", url: "/api/v1/portals/signed-in/login", headers, payload: login });
    const { jobId } = (await api.inject({ method: "POST", url: "/api/v1/portals/signed-in/run", headers })).json();
    const signal = new AbortController().signal;
    await portals.runner.run(jobId, signal);
    await portals.documents.collector.collect({ portalId: "signed-in", jobId }, signal);
    const { items } = (
      await api.inject({ url: "/api/v1/opportunities?portalId=signed-in&sort=title", headers })
    ).json();
    const documents = await Promise.all(
      items.map(async ({ id }: { id: string }) => {
        const listed = (await api.inject({ url: `/api/v1/opportunities/${id}/documents`, headers })).json();
        return listed.items[0]?.document;
      }),
    );
    const inside = (await api.inject({ url: "/api/v1/opportunities?q=those%20who%20signed", headers })).json();

    expect(documents.map((each) => each?.reason ?? each?.state)).toEqual(["text", "text", "text", "address_refused"]);
    expect(heard.sort()).toEqual(["/linked.pdf no cookie", "/redirected.pdf no cookie"]);
    expect(inside.items).toMatchObject([{ title: "Repair of bridge number 0" }]);
  },
);

/** Asks for the first opportunity's file once more, and tells what came of it. */
async function collectAgain() {
  const before = site.requests.length;
  const { items } = (await api.inject({ url: "/api/v1/opportunities?portalId=signed-in&sort=title", headers })).json();
  const url = `/api/v1/opportunities/${items[0].id}/documents`;
  const [{ document }] = (await api.inject({ url, headers })).json().items;
  await api.inject({ method: "POST", url: `/api/v1/documents/${document.id}/retry`, headers });
  await portals.documents.collector.collect({ portalId: "signed-in" }, new AbortController().signal);
  const [again] = (await api.inject({ url, headers })).json().items;
  return { document: again.document, requests: site.requests.slice(before) };
}

test("a file that is asked for after the session ended comes in a fresh one, which is begun once", async () => {
  key = "the portal ended it";
  const { document, requests } = await collectAgain();

  expect(document).toMatchObject({ state: "text" });
  expect(requests.filter((line) => line === "POST /login")).toHaveLength(1);
  expect(requests.filter((line) => line === "GET /files/own.pdf")).toHaveLength(2);
});

test("a session that is over is not shown any more", async () => {
  await portals.logins.remove("signed-in");
  const { document, requests } = await collectAgain();

  expect(requests).toEqual(["GET /files/own.pdf"]);
  expect(document).toMatchObject({ state: "failed", reason: "not_the_document" });
});
