import { layout } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders } from "./tenders.ts";

export type Growth = "whole" | "load-more" | "scroll" | "shadow";

const DRAW = `
function draw(items, list) {
  for (const item of items) {
    const row = document.createElement("li");
    row.className = "tender";
    row.innerHTML = '<h3><a></a></h3><p class="ref"></p><p class="agency"></p><time></time>';
    row.querySelector("a").href = item.href; row.querySelector("a").textContent = item.title;
    row.querySelector(".ref").textContent = item.reference; row.querySelector(".agency").textContent = item.agency;
    row.querySelector("time").textContent = item.closes;
    list.append(row);
  }
}
async function fetchPage(page) { return (await fetch("/api/tenders?page=" + page)).json(); }
`;

const START: Readonly<Record<Growth, string>> = {
  whole: `(async () => { draw((await fetchPage(0)).items, document.getElementById("list")); })();`,
  "load-more": `let page = 1; const button = document.getElementById("more");
async function load() { const got = await fetchPage(page++); draw(got.items, document.getElementById("list")); if (!got.more) button.remove(); }
button.addEventListener("click", load); load();`,
  scroll: `let page = 1; let busy = false; let done = false;
async function load() { if (busy || done) return; busy = true; const got = await fetchPage(page++);
  draw(got.items, document.getElementById("list")); done = !got.more; busy = false; }
addEventListener("scroll", () => { if (innerHeight + scrollY >= document.body.scrollHeight - 50) load(); });
load();`,
  shadow: `customElements.define("tender-list", class extends HTMLElement {
  async connectedCallback() { const root = this.attachShadow({ mode: "open" }); const list = document.createElement("ul"); root.append(list);
    draw((await fetchPage(0)).items, list); } });`,
};

interface ScriptedOptions extends PagedOptions {
  /** From this page on the server fails, and the script says nothing about it. Default: never. */
  readonly failsFrom?: number;
}

/** A list that a script draws from JSON: at once, with a button, while scrolling, or in an open shadow root. */
export function scriptedList(
  growth: Growth,
  { count, size, failsFrom = Number.POSITIVE_INFINITY }: ScriptedOptions,
): SiteHandler {
  const truth = tenders(count);
  return ({ path, query }) => {
    if (path === "/api/tenders") {
      const page = Number(query.get("page") ?? "0");
      if (page >= failsFrom) return { status: 500, body: "" };
      const items = page === 0 ? truth : pageOf(truth, page, size);
      const body = JSON.stringify({ items, more: page * size < count });
      return { headers: { "content-type": "application/json" }, body };
    }
    if (path !== "/tenders") return null;
    const mount = growth === "shadow" ? "<tender-list></tender-list>" : `<ul id="list"></ul>`;
    const button = growth === "load-more" ? `<button id="more" type="button">Load more</button>` : "";
    const tall = growth === "scroll" ? "<style>li.tender{min-height:220px}</style>" : "";
    return { body: layout("Tenders", tall + mount + button, `<script>${DRAW}${START[growth]}</script>`) };
  };
}
