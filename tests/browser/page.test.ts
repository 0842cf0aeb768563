import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BrowserPool, type BrowserSession, type SessionOptions } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { browserProcessesBelow, serveSite, type LocalSite } from "./local-site.ts";

let pool: BrowserPool;
let site: LocalSite;
let other: LocalSite;
const sessions: BrowserSession[] = [];

const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const row = (n: number): string => `<li>record ${n}</li>`;

const PAGES: Record<string, string> = {
  "/static": "<!doctype html><title>Static</title><ul>" + [1, 2, 3].map(row).join("") + "</ul>",
  "/late": `<!doctype html><title>Late</title><div id=app></div><script>
    setTimeout(() => fetch("/data.json").then((r) => r.json()).then((d) => {
      document.getElementById("app").innerHTML = d.records.map((r) => "<article>" + r + "</article>").join("");
    }), 120);</script>`,
  "/parts": `<!doctype html><title>Parts</title><x-card></x-card>
    <iframe src="/inner" width=300 height=100></iframe><iframe src="//OTHER/foreign" width=300 height=100></iframe>
    <iframe src="/hidden" width=0 height=0></iframe>
    <form><input id=q value=old><input type=password value=secret><textarea id=t>old</textarea>
    <select id=s><option value=a selected>A<option value=b>B</select><input id=c type=checkbox></form>
    <script>
      customElements.define("x-card", class extends HTMLElement { constructor() { super(); window.made = (window.made || 0) + 1;
        this.attachShadow({ mode: "open" }).innerHTML = "<p>in the shadow</p><x-deep></x-deep>"; } });
      customElements.define("x-deep", class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<b>deeper</b>"; } });
    </script>`,
  "/inner": "<base href='/base/'><p>inner text</p><a href=rel>link</a>",
  "/hidden": "<p>tracker",
  "/more": `<!doctype html><title>More</title><ul id=l>${row(1)}</ul><button id=b onclick="load()">Load more</button><button id=dead>Nothing</button>
    <script>let n = 1; function load() { setTimeout(() => fetch("/static").then(() => { n += 1; l.insertAdjacentHTML("beforeend", "<li>record " + n + "</li>");
      if (n === 3) b.remove(); }), 30); }</script>`,
  "/endless": `<!doctype html><title>Endless</title><ul id=l>${Array.from({ length: 40 }, (_, n) => `<li style="height:60px">record ${n}</li>`).join("")}</ul>
    <script>let n = 40, busy = false; addEventListener("scroll", () => { if (busy || n >= 60 || innerHeight + scrollY < document.body.scrollHeight - 50) return;
      busy = true; fetch("/static").then(() => { for (let i = 0; i < 20; i++) l.insertAdjacentHTML("beforeend", "<li style='height:60px'>record " + n++ + "</li>"); busy = false; }); });</script>`,
  "/frameless": `<!doctype html><title>Frameless</title><script>requestAnimationFrame = () => 0</script><div id=l>${"<p style=height:60px>line</p>".repeat(40)}</div>
    <script>addEventListener("scroll", () => { l.insertAdjacentHTML("beforeend", "<p>last"); }, { once: true });</script>`,
  "/timeless": `<!doctype html><title>Timeless</title><div id=l>${"<p style=height:60px>line</p>".repeat(40)}</div>
    <script>addEventListener("scroll", () => { const time = setTimeout; requestAnimationFrame = setTimeout = () => 0; time(() => { setTimeout = time; }, 700); l.insertAdjacentHTML("beforeend", "<p>last"); }, { once: true });</script>`,
  "/form": `<form action="/static"><input name=a required value=x><select name=s><option>one<option>two</select></form>`,
  "/rude": `<!doctype html><title>Rude</title><p id=out>start</p><script>
    alert("a"); const yes = confirm("b"); const text = prompt("c"); out.textContent = "confirm " + yes + ", prompt " + text;
    addEventListener("beforeunload", (e) => e.preventDefault()); </script><button onclick="window.open('/popup')">Open window</button><a id=file href="/file">file</a>`,
  "/popup": "<p>popup",
  "/redirecting": `<!doctype html><p>one moment<script>setTimeout(() => location.replace("/static"), 30)</script>`,
};

beforeAll(async () => {
  other = await serveSite({ "/foreign": "<p>foreign text</p><a href=/away>away</a>" });
  site = await serveSite({
    ...Object.fromEntries(Object.entries(PAGES).map(([path, html]) => [path, html.replaceAll("OTHER", other.host)])),
    "/data.json": (_, response) =>
      void response.writeHead(200, { "content-type": "application/json" }).end('{"records":["one","two"]}'),
    "/file": (_, response) =>
      void response
        .writeHead(200, { "content-type": "application/zip", "content-disposition": "attachment" })
        .end("PK"),
    "/images":
      "<!doctype html><img src=/a.png><img src=/picture?id=1><style>@font-face{font-family:f;src:url(/f.woff2)}p{font-family:f}</style><p>text",
    "/picture": (_, response) => void response.writeHead(200, { "content-type": "image/gif" }).end(PIXEL),
    "/a.png": (_, response) => void response.writeHead(200, { "content-type": "image/gif" }).end(PIXEL),
    "/gone": (_, response) => void response.writeHead(410, { "content-type": "text/html" }).end("<p>gone"),
  });
  pool = new BrowserPool({ guard: new AddressGuard({ allowHosts: [site.host, other.host] }), maxBrowsers: 1 });
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

afterAll(async () => {
  await pool.close();
  await Promise.all([site.close(), other.close()]);
  expect(browserProcessesBelow(process.pid)).toEqual([]);
});

async function at(path: string, options: SessionOptions = {}): Promise<BrowserSession> {
  const session = await pool.openSession(options);
  sessions.push(session);
  await session.goto(site.base + path);
  return session;
}

describe("a page", () => {
  it("has settled at once when it is static, and when its script is done when it is not", async () => {
    const session = await at("/static");
    expect((await session.snapshot()).title).toBe("Static");
    await session.goto(`${site.base}/late`);
    expect((await session.snapshot()).html).toContain("<article>one</article><article>two</article>");
    expect(await session.goto(`${site.base}/redirecting`)).toMatchObject({ url: `${site.base}/static` });
    expect(await session.goto(`${site.base}/gone`)).toMatchObject({ status: 410 });
  });

  it("is captured whole: shadow roots, frames of any origin, what was typed; passwords are not", async () => {
    const session = await at("/parts");
    await session.fill("#q", "typed");
    await session.fill("#t", "long text");
    await session.select("#s", "b");
    await session.click("#c");
    const { html } = await session.snapshot();
    expect(html).toMatch(
      /<x-card><div data-gleaner-shadow=""><p>in the shadow<\/p><x-deep><div data-gleaner-shadow=""><b>deeper<\/b><\/div><\/x-deep><\/div><\/x-card>/,
    );
    expect(html).toContain(`<div data-gleaner-frame="${site.base}/base/">`);
    expect(html).toContain("<p>inner text</p>");
    expect(html).toContain(
      `<div data-gleaner-frame="http://${other.host}/foreign"><p>foreign text</p><a href="/away">away</a></div>`,
    );
    expect(html).not.toMatch(/<iframe|data-gleaner-hole|tracker|secret/);
    expect(html).toContain('value="typed"');
    expect(html).toContain(">long text</textarea>");
    expect(html).toMatch(/<option value="b" selected="">/);
    expect(html).toMatch(/id="c" type="checkbox" checked=""/);
  });

  it("does not change by being captured", async () => {
    const session = await at("/parts");
    const first = await session.snapshot();
    expect((await session.snapshot()).html).toBe(first.html);
  });

  it("tells after a press whether anything came, until nothing does", async () => {
    const session = await at("/more");
    expect(await session.click({ text: "Load more" })).toMatchObject({ changed: true, navigated: false });
    expect(await session.click("#b")).toMatchObject({ changed: true });
    expect((await session.snapshot()).html).toContain("<li>record 3</li>");
    expect(await session.click("#dead", { changeMs: 300 })).toMatchObject({ changed: false });
    await expect(session.click("#b", { timeoutMs: 300 })).rejects.toMatchObject({ code: "element_not_actionable" });
  });

  it("gives more by scrolling, until it ends", async () => {
    const session = await at("/endless");
    expect(await session.scrollToEnd()).toMatchObject({ changed: true });
    expect((await session.snapshot()).html).toContain("record 59");
    expect(await session.scrollToEnd({ changeMs: 300 })).toMatchObject({ changed: false });
  });

  it("scrolls on where no frame is drawn, and no longer than it may where the page's timers are no more", async () => {
    const session = await at("/frameless");
    expect(await session.scrollToEnd()).toMatchObject({ changed: true });
    await session.goto(`${site.base}/timeless`);
    expect(await session.scrollToEnd({ timeoutMs: 1_000 })).toMatchObject({ changed: true });
  });

  it("sends a form with its fields", async () => {
    const session = await at("/form");
    await session.select("select", "two");
    const outcome = await session.submit("input[name=a]");
    expect(outcome).toMatchObject({ navigated: true, url: `${site.base}/static?a=x&s=two` });
    await session.goto(`${site.base}/form`);
    expect(await session.press("input[name=a]", "Enter")).toMatchObject({ navigated: true });
  });

  it("cannot hold us up: dialogs are denied, windows closed, downloads refused, leaving allowed", async () => {
    const session = await at("/rude");
    expect((await session.snapshot()).html).toContain("confirm false, prompt null");
    await session.click({ text: "Open window" }, { changeMs: 400 });
    await expect.poll(() => session.popups.length).toBe(1);
    await expect(session.goto(`${site.base}/file`)).rejects.toMatchObject({ code: "not_a_page" });
    expect(await session.goto(`${site.base}/static`)).toMatchObject({ status: 200 });
  });

  it("loads no images and fonts unless they are wanted", async () => {
    const pictures = (): string[] => site.asked.filter((path) => /picture|a\.png|woff/.test(path));
    await at("/images");
    expect(pictures()).toEqual([]);
    await sessions.splice(0)[0]?.close();
    await at("/images", { blockResources: false });
    expect(pictures().sort()).toEqual(["/a.png", "/f.woff2", "/picture?id=1"]);
  });

  it("shows the JSON that its script got, if asked to keep it", async () => {
    const session = await at("/late", { json: { maxAnswers: 5, maxBytes: 10_000 } });
    expect(await session.seenJson()).toMatchObject([
      { url: `${site.base}/data.json`, method: "GET", status: 200, text: '{"records":["one","two"]}' },
    ]);
  });

  it("can be abandoned in the middle of a step", async () => {
    const session = await at("/static");
    const stop = new AbortController();
    const waiting = session.waitForChange({ since: await session.mark(), timeoutMs: 10_000, signal: stop.signal });
    stop.abort(new Error("stopped by the user"));
    await expect(waiting).rejects.toThrow("stopped by the user");
    expect(await session.waitForChange({ since: "something else" })).toBe(true);
  });
});

describe("a screenshot", () => {
  const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(1, 4)).toString() === "PNG";

  it("shows a box around the node of a path or selector, and leaves the page as it was", async () => {
    const session = await at("/static", { blockResources: false });
    const before = await session.snapshot();
    const plain = await session.screenshot();
    const boxed = await session.screenshot({ box: "/html[1]/body[1]/ul[1]/li[2]" });
    expect(isPng(plain) && isPng(boxed)).toBe(true);
    expect(Buffer.compare(plain, boxed)).not.toBe(0);
    expect(Buffer.compare(boxed, await session.screenshot({ box: "li:nth-child(2)" }))).toBe(0);
    expect((await session.snapshot()).html).toBe(before.html);
    const jpeg = await session.screenshot({ type: "jpeg", quality: 50, fullPage: true });
    expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    await expect(session.screenshot({ box: "/html[1]/body[1]/ul[9]" })).rejects.toMatchObject({
      code: "element_not_actionable",
    });
  });

  it("finds nodes in shadow roots and in frames of any origin by the paths of the snapshot", async () => {
    const session = await at("/parts", { blockResources: false });
    const plain = await session.screenshot();
    for (const box of [
      "/html[1]/body[1]/x-card[1]/div[1]/p[1]",
      "/html[1]/body[1]/x-card[1]/div[1]/x-deep[1]/div[1]/b[1]",
      "/html[1]/body[1]/div[1]/p[1]",
      "/html[1]/body[1]/div[2]/p[1]",
    ]) {
      expect(Buffer.compare(plain, await session.screenshot({ box }))).not.toBe(0);
    }
  });
});
