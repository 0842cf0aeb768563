import { layout, tableOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import { tenders } from "./tenders.ts";

const SIZE = 10;
const TRUTH = tenders(30);
const SHOWN = { body: layout("Tenders", tableOf([])).replace("</main>", "@</main>") };

/** Asks the server for a part of the list and puts it into the table, in place of what stood there or behind it. */
const SHOW = `async function show(from, more) {
  const answer = await fetch('/part?from=' + from);
  if (!answer.ok) return;
  const rows = await answer.text(), body = document.querySelector('tbody');
  body.innerHTML = more ? body.innerHTML + rows : rows;
}`;

/** A page whose rows come by a script; `breaksAt` is the first record that the server fails to bring. */
function scripted(pager: string, script: string, breaksAt = Infinity): SiteHandler {
  const page = SHOWN.body.replace("@", `${pager}<script>${SHOW}\n${script}</script>`);
  return ({ path, query }) => {
    if (path === "/tenders") return { body: page };
    if (path !== "/part") return null;
    const from = Number(query.get("from"));
    if (from >= breaksAt) return { status: 500, body: "broken" };
    return { body: /<tbody>([^]*)<\/tbody>/.exec(tableOf(TRUTH.slice(from, from + SIZE)))?.[1] ?? "" };
  };
}

/** Pagers that only a script understands; all lead to thirty tenders. */
export const SCRIPTED_PAGERS = {
  "links without an address": scripted(
    `<div class="table_paginate"><a id="next" tabindex="0" aria-controls="list" class="paginate_button next">Next</a></div>`,
    `let page = 0; show(0);
     document.getElementById('next').onclick = () => { if (page < 2) show(++page * 10); if (page === 2) document.getElementById('next').classList.add('disabled') };`,
  ),
  "numbers that lead to #": scripted(
    `<ul class="pagination"><li class="active"><a href="#">1</a></li><li><a href="#">2</a></li><li><a href="#">3</a></li></ul>`,
    `const items = [...document.querySelectorAll('.pagination li')]; show(0);
     items.forEach((item, at) => item.onclick = (event) => { event.preventDefault(); show(at * 10); items.forEach((one) => one.className = one === item ? 'active' : ''); });`,
  ),
  "a bare button": scripted(
    `<button id="next">Next</button>`,
    `let page = 0; show(0); const next = document.getElementById('next');
     next.onclick = async () => { await show(++page * 10); next.disabled = page === 2; };`,
  ),
} satisfies Record<string, SiteHandler>;

/** The button stays, but from the third part on the server fails. */
export const breakingLoadMore = scripted(
  `<button class="load-more" onclick="more()">Load more</button>`,
  `let from = 0; show(0); function more() { show(from += 10, true); }`,
  20,
);
