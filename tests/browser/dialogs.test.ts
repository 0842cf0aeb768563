import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BrowserPool, type BrowserSession } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { browserProcessesBelow, serveSite, type LocalSite } from "./local-site.ts";

const banner = (
  text: string,
  buttons: string[],
  attributes = `class="cookie-banner" style="position:fixed;bottom:0"`,
): string =>
  `<!doctype html><p id=state>none</p><div ${attributes}><p>${text}</p>${buttons
    .map((label) => `<button onclick="state.textContent='${label}';this.closest('div').remove()">${label}</button>`)
    .join(
      "",
    )}</div><main><p>content of the page</p><button onclick="state.textContent='page button'">Accept offer</button></main>`;

const PAGES: Record<string, string> = {
  "/reject": banner("We use cookies", ["Accept all", "Reject all", "Settings"]),
  "/german": banner("Wir verwenden Cookies, Datenschutz", [
    "Alle akzeptieren",
    "Nur notwendige Cookies",
    "Einstellungen",
  ]),
  "/french": banner("Ce site utilise des cookies et des traceurs", ["Tout accepter", "Continuer sans accepter"]),
  "/polish": banner("Ta strona używa plików cookie", ["Zgadzam się", "Odrzuć wszystkie"]),
  "/close": banner("Subscribe to our newsletter", ["Subscribe", "×"], `role=dialog style="position:fixed;top:0"`),
  "/accept": banner("This site uses cookies", ["OK", "More information"]),
  "/login": banner(
    "Please sign in. We use cookies<input type=password>",
    ["Accept", "Close"],
    `role=dialog style="position:fixed"`,
  ),
  "/captcha": banner(
    "Cookie check: confirm you are not a robot",
    ["Continue", "Close"],
    `role=dialog style="position:fixed"`,
  ),
  "/inline": banner("We wrote an article about cookies", ["Accept", "Close"], `class="cookie-article"`),
  "/shadow": `<!doctype html><p id=state>none</p><div id=host style="position:fixed;bottom:0"></div><script>
    host.attachShadow({mode:"open"}).innerHTML = "<div class='consent-box'><p>Cookie consent</p><button>Decline</button></div>";
    host.shadowRoot.querySelector("button").onclick = () => { state.textContent = "Decline"; host.remove(); };</script>`,
  "/frame": `<!doctype html><p id=state>none</p><iframe src="/consent-frame" style="position:fixed;bottom:0" width=400 height=200></iframe>`,
  "/consent-frame": `<div role=dialog aria-modal=true><p>Your privacy: cookies</p><button onclick="parent.state.textContent='frame reject'; parent.document.querySelector('iframe').remove()">Reject all</button></div>`,
  "/two":
    banner("We use cookies", ["Reject"]) +
    `<dialog open><p>Join our newsletter</p><button onclick="this.closest('dialog').remove()">No thanks</button></dialog>`,
};

describe("dialogs", () => {
  let pool: BrowserPool;
  let site: LocalSite;
  let session: BrowserSession;

  beforeAll(async () => {
    site = await serveSite(PAGES);
    pool = new BrowserPool({ guard: new AddressGuard({ allowHosts: [site.host] }), maxBrowsers: 1 });
    session = await pool.openSession();
  });

  afterAll(async () => {
    await pool.close();
    await site.close();
    expect(browserProcessesBelow(process.pid)).toEqual([]);
  });

  it.each([
    ["/reject", "reject", "Reject all"],
    ["/german", "reject", "Nur notwendige Cookies"],
    ["/french", "reject", "Continuer sans accepter"],
    ["/polish", "reject", "Odrzuć wszystkie"],
    ["/close", "close", "×"],
    ["/accept", "accept", "OK"],
    ["/shadow", "reject", "Decline"],
  ])("about cookies or newsletters are dismissed: %s by %s", async (path, how, label) => {
    await session.goto(site.base + path);
    expect(await session.dismissDialogs()).toEqual([{ how, label }]);
    expect((await session.snapshot()).html).toContain(`<p id="state">${label}</p>`);
  });

  it("in a consent frame are dismissed there", async () => {
    await session.goto(`${site.base}/frame`);
    expect(await session.dismissDialogs()).toEqual([{ how: "reject", label: "Reject all" }]);
    expect((await session.snapshot()).html).toContain("frame reject");
  });

  it("that lie over each other are dismissed one after the other", async () => {
    await session.goto(`${site.base}/two`);
    expect((await session.dismissDialogs()).map(({ label }) => label).sort()).toEqual(["No thanks", "Reject"]);
  });

  it.each(["/login", "/captcha", "/inline"])("that need a person, or are none, are left alone: %s", async (path) => {
    await session.goto(site.base + path);
    expect(await session.dismissDialogs()).toEqual([]);
    expect((await session.snapshot()).html).toContain('<p id="state">none</p>');
  });
});
