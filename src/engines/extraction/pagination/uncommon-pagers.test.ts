import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { findPagination } from "./find-pagination.ts";
import { selectPager } from "./select-pager.ts";
import type { PageStep } from "./pagination.ts";

const LIST = "https://town.example/bids/list";
const pageOf = (html: string, url = LIST) => parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url });
const found = (html: string, url = LIST) => findPagination(pageOf(html, url));
const fieldsOf = (step: PageStep | null | undefined) =>
  step?.kind === "form" ? Object.fromEntries(step.fields) : null;

test("a double arrow beside the number of the page writes it into the form and sends it", () => {
  const arrow = (page: number, label: string) =>
    `<a href="javascript:document.f.go.value='Page ${page}';document.f.submit();">${label}</a>`;
  const shown = (page: number) =>
    `<form name="f" method="post"><input type="hidden" name="go" value="">${page > 1 ? arrow(page - 1, "&lt;&lt;") : ""} Page ${page} ${page < 3 ? arrow(page + 1, "&gt;&gt;") : ""}</form>`;

  expect(fieldsOf(found(shown(1)).next)).toEqual({ go: "Page 2" });
  expect(fieldsOf(found(shown(2)).next)).toEqual({ go: "Page 3" });
  expect(found(shown(3))).toMatchObject({ next: null, unsure: null });
  expect(found(shown(3)).previous).not.toBeNull();
});

test("arrows beside the number of the page lead on though only a script knows where", () => {
  const { next } = found(
    `<div><button disabled>‹</button><span>1 / 6</span><button onclick="location.hash='/page/2'">›</button></div>`,
  );

  expect(next).toMatchObject({ kind: "click", label: "›" });
});

test("numbers are a pager when each stands in a form of its own and sends something else", () => {
  const number = (page: number) =>
    `<li><form action="/bids/page" method="post"><input type="hidden" name="target" value="${page}"><button>${page}</button></form></li>`;
  const { pages, current } = found(`<ul><li>1</li>${number(2)}${number(3)}</ul>`);

  expect(current).toBe(1);
  expect(pages.map(fieldsOf)).toEqual([{ target: "2" }, { target: "3" }]);
});

test.each(["Next 20 Matches", "Next 8 open bids", "Nächste 20 Vorgänge"])("%s leads on", (label) => {
  const { next } = found(
    `<form method="post"><input type="hidden" name="STARTREC" value="1"><input type="submit" name="go" value="${label}"></form>`,
  );

  expect(fieldsOf(next)).toEqual({ STARTREC: "1", go: label });
});

test("a form that asks for nothing and says more brings more", () => {
  const { more } = found(
    `<form method="post" action="/bids/more"><input type="hidden" name="_csrf" value="t"><input type="hidden" name="at" value="2"><button>Weitere Bekanntmachungen</button></form>`,
  );

  expect(more).toMatchObject({ kind: "form", url: "https://town.example/bids/more", role: "more" });
  expect(found("<form><input name=q><button>More options</button></form>").more).toBeNull();
});

test.each([
  ["this.value", ""],
  ["this.options[this.selectedIndex].value", ""],
  ["document.f.s.options[document.f.s.selectedIndex].value", ""],
  ["'list-' + this.value", "list-"],
])("a drop-down goes to the address that is chosen: %s", (choice, prefix) => {
  const option = (page: number) => `<option value="${`list-${page}.html`.slice(prefix.length)}">Page ${page}</option>`;
  const pager = selectPager(pageOf(`<select onchange="location.href=${choice}">${option(1)}${option(2)}</select>`));

  expect(pager?.pages).toMatchObject([{ kind: "link", url: "https://town.example/bids/list-2.html", page: 2 }]);
});

test("what stands in a frame counts from the frame's address", () => {
  const { more } = found(
    `<div data-gleaner-frame="https://town.example/embed/list.cfm?c=2"><a href="list.cfm?c=2&amp;startrow=11">More &gt;</a></div>`,
  );

  expect(more).toMatchObject({ kind: "link", url: "https://town.example/embed/list.cfm?c=2&startrow=11" });
});

test.each([
  ["/bids/list/page/2/", "/bids/list/page/3/"],
  ["/bids/list/", "/bids/list/page/2/"],
])("a link to %s leads back from %s whatever it says", (href, here) => {
  expect(found(`<a href="${href}">Nieuwere berichten</a>`, `https://town.example${here}`).previous).not.toBeNull();
});

test("the arrows of a calendar are no pager", () => {
  const { next, previous } = found(
    `<div class="calendar"><a href="?m=2026-10">«</a> <b>November</b> <a href="?m=2026-12">»</a></div>`,
  );

  expect({ next, previous }).toEqual({ next: null, previous: null });
});

test("a number that is written once for eyes and once for screen readers is one number", () => {
  const link = (page: number) =>
    `<li><a href="?page=${page - 1}"><span class="visually-hidden">${page}</span><span aria-hidden="true">${page}</span></a></li>`;
  const { pages } = found(`<ul><li>1</li>${link(2)}${link(3)}</ul>`);

  expect(pages.map((step) => ("page" in step ? step.page : null))).toEqual([2, 3]);
});

test("a box for the page's number makes the form of a pager no form to be filled in", () => {
  const { next } = found(
    `<form method="post"><input type="hidden" name="state" value="xyz"><p class="pagination"><input name="numPageTop" value="1"> / 6 <input type="image" name="on" src="on.gif" alt="Aller à la page suivante"></p></form>`,
  );

  expect(fieldsOf(next)).toMatchObject({ state: "xyz", "on.x": "1" });
});

test.each([
  ["Load more opportunities", "click"],
  ["Show 20 more tenders", "click"],
  ["Show more filters", undefined],
])("%s: %s", (label, kind) => {
  expect(found(`<button type="button">${label}</button>`).more?.kind).toBe(kind);
});
