import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BrowserPool, type BrowserSession } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { serveSite, type LocalSite } from "./local-site.ts";

let pool: BrowserPool;
let site: LocalSite;
let other: LocalSite;
let session: BrowserSession;

beforeAll(async () => {
  other = await serveSite({
    "/": "<p>elsewhere</p>",
    "/foreign": `<button onclick="this.textContent='pressed far'">far</button><p hidden>x</p>`,
  });
  site = await serveSite({
    "/": `<!doctype html><title>Parts</title><p style="visibility:hidden">unseen</p><div style="display:none"><b>off</b></div>
      <x-card></x-card><iframe src="/inner" width=300 height=80></iframe><iframe src="http://${other.host}/foreign" width=300 height=80></iframe>
      <a id=away href="http://${other.host}/">away</a><a id=near href="/near">near</a>
      <form method=post action="/sent"><button id=send>Send</button></form>
      <script>customElements.define("x-card", class extends HTMLElement { constructor() { super();
        this.attachShadow({ mode: "open" }).innerHTML = "<button onclick='this.textContent = \`pressed\`'>press</button>"; } });</script>`,
    "/inner": `<button onclick="this.textContent='pressed inside'">inside</button><p style="display:none">y</p>`,
    "/near": "<p>near</p>",
    "/sent": "<p>sent</p>",
  });
  pool = new BrowserPool({ guard: new AddressGuard({ allowHosts: [site.host, other.host] }) });
});

afterEach(async () => session.close());
afterAll(async () => {
  await pool.close();
  await Promise.all([site.close(), other.close()]);
});

async function open(): Promise<void> {
  session = await pool.openSession({ blockResources: false });
  await session.goto(`${site.base}/`);
}

describe("an element that is pointed at by its path", () => {
  it("is pressed in shadow roots and in frames of any origin, and the page is left as it was", async () => {
    await open();
    for (const [path, said] of [
      ["/html[1]/body[1]/x-card[1]/div[1]/button[1]", "pressed"],
      ["/html[1]/body[1]/div[2]/button[1]", "pressed inside"],
      ["/html[1]/body[1]/div[3]/button[1]", "pressed far"],
    ] as const) {
      expect(await session.click({ path })).toMatchObject({ navigated: false });
      expect((await session.snapshot()).html).toContain(`>${said}<`);
    }
    expect((await session.snapshot()).html).not.toContain("data-gleaner-target");
  });

  it("is refused when it is not there", async () => {
    await open();
    await expect(session.click({ path: "/html[1]/body[1]/ul[7]" })).rejects.toMatchObject({
      code: "element_not_actionable",
    });
  });

  it("can be told from what is not drawn", async () => {
    await open();
    const hidden = await session.hiddenPaths();
    expect([...hidden].sort()).toEqual(
      [
        "/html[1]/body[1]/div[1]",
        "/html[1]/body[1]/div[2]/p[1]",
        "/html[1]/body[1]/div[3]/p[1]",
        "/html[1]/body[1]/p[1]",
        "/html[1]/body[1]/script[1]",
      ].sort(),
    );
  });

  it("bears its label in a picture that is asked for with marks", async () => {
    await open();
    const plain = await session.screenshot();
    const marks = [{ path: "/html[1]/body[1]/div[3]/button[1]", label: "12" }];
    expect(Buffer.compare(plain, await session.screenshot({ marks }))).not.toBe(0);
    expect((await session.snapshot()).html).not.toContain("data-gleaner-marks");
  });
});

describe("a fenced session", () => {
  it("opens no page of another host and sends no form, unless it is let through", async () => {
    await open();
    const fence = await session.fence({ hosts: [site.host] });
    await session.click("#away");
    await session.click("#send");
    expect(session.url).toBe(`${site.base}/`);
    expect(fence.takeRefused()).toEqual([`GET ${other.host}/`, `POST ${site.host}/sent`]);
    expect(other.asked).not.toContain("/");

    await fence.posting(() => session.click("#send"));
    expect(session.url).toBe(`${site.base}/sent`);
    expect(await session.back()).toBe(true);
    expect(session.url).toBe(`${site.base}/`);
    await session.click("#near");
    expect(session.url).toBe(`${site.base}/near`);
  });
});
