import { LIST } from "../designed-site.ts";
import type { SiteAnswer, SiteHandler } from "../local-site.ts";
import { cardLook, fieldLook, gridLook, tableLook, type Look } from "../looks.ts";
import { notices, trueRecord, type Notice } from "../notices.ts";
import type { Portal } from "../portal.ts";
import { appShell, blogShell, designShell, type Shell } from "../shells.ts";
import { AMERICAN, BRITISH, DUTCH, FRENCH, GERMAN, ITALIAN, SPANISH, type Tongue } from "../tongues.ts";
import { pageOf } from "../tenders.ts";

interface Plan {
  readonly kind: string;
  readonly tongue: Tongue;
  readonly count: number;
  readonly needs?: Portal["needs"];
  /** `unknown`: so many records without a pager prove nothing. Default `complete`. */
  readonly completeness?: "unknown";
  readonly site: (rows: readonly Notice[], tongue: Tongue) => SiteHandler;
}

function scriptedPortal(name: string, { kind, tongue, count, site, ...plan }: Plan): Portal {
  const { needs = "browser", completeness = "complete" } = plan;
  const rows = notices(tongue, count);
  return {
    name,
    kind,
    needs,
    path: LIST,
    open: () => site(rows, tongue),
    truth: { records: rows.map((row) => trueRecord(row, tongue)), completeness },
  };
}

/** A page at `/list` and, under `/part?from=`, pieces of markup that its script asks for. */
function withParts(page: string, part: (from: number) => SiteAnswer): SiteHandler {
  return ({ path, query }) => {
    if (path === LIST) return { body: page };
    return path === "/part" ? part(Number(query.get("from") ?? "0")) : null;
  };
}

const json = (value: unknown): SiteAnswer => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/** Everything as markup, put into the page by a script some moments after it was shown. */
function drawnLate(shell: Shell, look: Look) {
  return (rows: readonly Notice[], tongue: Tongue): SiteHandler =>
    withParts(
      shell(
        tongue,
        `<div id="list"><div class="spinner">…</div></div>`,
        `<script>setTimeout(async () => { document.getElementById("list").innerHTML = await (await fetch("/part")).text(); }, 250);</script>`,
      ),
      () => ({ body: look(rows, tongue) }),
    );
}

/** Drawn from JSON, as an application does, in pages of ten that a button in the page turns without any address. */
function turnedByButton(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  const drawn = JSON.stringify(
    Array.from({ length: Math.ceil(rows.length / 10) }, (_, at) => cardLook(pageOf(rows, at + 1, 10), tongue)),
  );
  return withParts(
    appShell(
      tongue,
      `<div id="list"></div><div class="pager"><button type="button" id="back">${tongue.previous}</button> <button type="button" id="on">${tongue.next}</button></div>`,
      `<script>let at = 0, pages = []; const list = document.getElementById("list"), on = document.getElementById("on"), back = document.getElementById("back");
function show() { list.innerHTML = pages[at]; on.disabled = at === pages.length - 1; back.disabled = at === 0; }
on.onclick = () => { at += 1; show(); }; back.onclick = () => { at -= 1; show(); };
fetch("/part").then((answer) => answer.json()).then((got) => { pages = got; show(); });</script>`,
    ),
    () => ({ headers: { "content-type": "application/json" }, body: drawn }),
  );
}

/** More comes when the end comes into sight, told by an observer; a mark at the end says when there is no more. */
function observed(rows: readonly Notice[], tongue: Tongue, below = ""): SiteHandler {
  return withParts(
    designShell(
      tongue,
      `<style>.views-row{min-height:260px}${below}</style><div id="list"></div><div id="end" style="height:20px"></div>`,
      `<script>let from = 0, busy = false, done = false;
async function more() { if (busy || done) return; busy = true; const got = await (await fetch("/part?from=" + from)).json();
  document.getElementById("list").insertAdjacentHTML("beforeend", got.html); from += got.count; done = !got.more; busy = false; if (done) watcher.disconnect(); }
const watcher = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) more(); }); watcher.observe(document.getElementById("end"));</script>`,
    ),
    (from) => {
      const part = rows.slice(from, from + 8);
      const html = /<div class="view-content">([^]*)<\/div>$/.exec(fieldLook(part, tongue))?.[1] ?? "";
      return json({ html, count: part.length, more: from + 8 < rows.length });
    },
  );
}

/** The end of the list comes into sight long before the end of the page. */
const observedAboveFooter = (rows: readonly Notice[], tongue: Tongue): SiteHandler =>
  observed(rows, tongue, "body::after{content:'';display:block;height:1500px}");

/** A box of which only the rows in view stand in the page; the others are put in and taken out as it is scrolled. */
function drawnInView(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  return withParts(
    appShell(
      tongue,
      `<div id="box" style="height:500px;overflow-y:auto"><div id="list" style="position:relative"></div></div>`,
      `<script>fetch("/part").then((answer) => answer.json()).then((all) => { const box = document.getElementById("box"), list = document.getElementById("list");
list.style.height = all.length * 90 + "px";
function show() { const from = Math.max(0, Math.floor(box.scrollTop / 90) - 2);
  list.innerHTML = all.slice(from, from + 10).map((html, at) => '<div style="position:absolute;height:90px;overflow:hidden;top:' + (from + at) * 90 + 'px">' + html + "</div>").join(""); }
box.onscroll = show; show(); });</script>`,
    ),
    () => json(rows.map((row) => cardLook([row], tongue))),
  );
}

/** Three components deep, each in a shadow root of its own. */
function nestedShadow(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  return withParts(
    appShell(
      tongue,
      "<app-root></app-root>",
      `<script>
customElements.define("app-root", class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<section><app-list></app-list></section>"; } });
customElements.define("app-list", class extends HTMLElement { async connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = await (await fetch("/part")).text(); } });</script>`,
    ),
    () => ({ body: cardLook(rows, tongue) }),
  );
}

/** A frame that a script puts in, with a list that a script draws. */
function framedByScript(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  const page = blogShell(
    tongue,
    `<div id="holder"></div>`,
    `<script>const frame = document.createElement("iframe"); frame.src = "/frame"; frame.width = 900; frame.height = 1200; document.getElementById("holder").append(frame);</script>`,
  );
  return ({ path }) => {
    if (path === LIST) return { body: page };
    if (path === "/frame")
      return {
        body: `<!doctype html><title>List</title><div id="list"></div><script>fetch("/part").then((got) => got.text()).then((html) => { document.getElementById("list").innerHTML = html; });</script>`,
      };
    return path === "/part" ? { body: tableLook(rows, tongue) } : null;
  };
}

/** The list is asked for only when the dialog about cookies was answered. */
function behindCookies(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  return withParts(
    designShell(
      tongue,
      `<div id="list"></div><div id="cookie-banner" role="dialog" aria-modal="true" aria-label="Cookies" style="position:fixed;inset:0;background:#fff;z-index:9"><h2>Cookies</h2><p>Wij gebruiken cookies om deze site te laten werken en te meten.</p><button id="accept">Alle cookies accepteren</button> <button id="refuse">Alleen noodzakelijke cookies</button></div>`,
      `<script>async function go() { document.getElementById("cookie-banner").remove(); document.getElementById("list").innerHTML = await (await fetch("/part")).text(); }
document.getElementById("accept").onclick = go; document.getElementById("refuse").onclick = go;</script>`,
    ),
    () => ({ body: gridLook(rows, tongue) }),
  );
}

/** A dialog about cookies and a sign-up for letters lie over a list that is there all the same. */
function underDialogs(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  const dialog = `<div class="cookie-consent" style="position:fixed;bottom:0;left:0;right:0"><p>Cookies</p><ul><li><label><input type="checkbox" checked> A</label></li><li><label><input type="checkbox"> B</label></li><li><label><input type="checkbox"> C</label></li></ul><button>OK</button></div><div class="modal newsletter"><h3>Newsletter</h3><form method="post" action="/letters"><input type="email" name="mail"><button>OK</button></form></div>`;
  return withParts(designShell(tongue, tableLook(rows, tongue), dialog), () => json(null));
}

/** The state of an application stands in a script of the page; the markup of the list is made in the browser. */
function fromState(rows: readonly Notice[], tongue: Tongue): SiteHandler {
  const state = rows.map(({ reference, title, buyer, posted, closes, value, href }) => ({
    referenceNumber: reference,
    title,
    buyer,
    publishedAt: posted,
    deadline: closes,
    budget: `${tongue.money(value)}`,
    url: href,
  }));
  const drawn = JSON.stringify(cardLook(rows, tongue)).replaceAll("<", "\\u003c");
  return withParts(
    appShell(
      tongue,
      `<div id="list"></div>`,
      `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { tenders: state } } })}</script>
<script>document.getElementById("list").innerHTML = ${drawn};</script>`,
    ),
    () => json(null),
  );
}

/** Pages whose list is there only after scripts ran. */
export const SCRIPTED_PORTALS: readonly Portal[] = [
  scriptedPortal("a table that comes late, German", {
    kind: "JavaScript-rendered",
    tongue: GERMAN,
    count: 21,
    site: drawnLate(blogShell, tableLook),
  }),
  scriptedPortal("cards that come late, American", {
    kind: "JavaScript-rendered",
    completeness: "unknown",
    tongue: AMERICAN,
    count: 16,
    site: drawnLate(appShell, cardLook),
  }),
  scriptedPortal("buttons that turn pages, Spanish", {
    kind: "next/previous pages",
    tongue: SPANISH,
    count: 34,
    site: turnedByButton,
  }),
  scriptedPortal("an observer at the end, French", {
    kind: "infinite scroll",
    tongue: FRENCH,
    count: 30,
    site: observed,
  }),
  scriptedPortal("an observer above a tall footer, German", {
    kind: "infinite scroll",
    tongue: GERMAN,
    count: 30,
    site: observedAboveFooter,
  }),
  scriptedPortal("rows that stand there only in view, British", {
    kind: "infinite scroll",
    tongue: BRITISH,
    count: 43,
    site: drawnInView,
  }),
  scriptedPortal("shadow roots within shadow roots", {
    kind: "shadow DOM",
    tongue: BRITISH,
    count: 14,
    site: nestedShadow,
  }),
  scriptedPortal("a frame made by a script, Italian", {
    kind: "iframe",
    completeness: "unknown",
    tongue: ITALIAN,
    count: 18,
    site: framedByScript,
  }),
  scriptedPortal("a list behind a cookie dialog, Dutch", {
    kind: "cookie dialog",
    completeness: "unknown",
    tongue: DUTCH,
    count: 15,
    site: behindCookies,
  }),
  scriptedPortal("a list under dialogs, Spanish", {
    kind: "cookie dialog",
    needs: "nothing",
    completeness: "unknown",
    tongue: SPANISH,
    count: 15,
    site: underDialogs,
  }),
  scriptedPortal("the state of an application, French", {
    kind: "JSON in the page",
    needs: "nothing",
    tongue: FRENCH,
    count: 17,
    site: fromState,
  }),
];
