import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { otherParts } from "./other-parts.ts";

const LIST = "https://town.example/bids/list";
const LIST_OF_LINKS = '<ul><li><a href="/bids/1">Road salt</a></li><li><a href="/bids/2">School buses</a></li></ul>';

const partsOf = (html: string) =>
  otherParts(parsePage({ bytes: Buffer.from(LIST_OF_LINKS + html), encoding: "utf-8", url: LIST }), []);
const kinds = (html: string) => partsOf(html).map(({ kind }) => kind);

const send = (label: string, hidden: string, more = "") =>
  `<form method="post" action="/bids/go"><input type="hidden" ${hidden}>${more}<button>${label}</button></form>`;

test.each([
  ["a button that sends what it counted", send("Lisaa naista", 'name="shown" value="25"')],
  ["a page below this one", '<a href="/bids/list/page/2">Ulterius</a>'],
  ["a drop-down of pages whose script is not understood", '<select onchange="jump(1)"><option>1<option>2</select>'],
  [
    "a drop-down of sizes whose script is not understood",
    '<select onchange="size(this)"><option>10<option>25</select>',
  ],
  ["months beside arrows", '<p><a href="list?month=2026-10">«</a> November <a href="list?month=2026-12">»</a></p>'],
])("%s may lead to more of the list", (_, html) => {
  expect(kinds(html)).not.toEqual([]);
});

test.each([
  ["a button that signs out", send("Sign out", 'name="token" value="a81f0c"')],
  ["a form to be filled in", send("Send", 'name="step" value="1"', '<input name="email">')],
  ["a number of a record below this page", '<a href="/bids/list/2">Bridge works</a>'],
  ["a drop-down of departments", '<select onchange="show(this)"><option>Roads<option>Parks</select>'],
  ["a drop-down of a search", '<form><input name="q"><select onchange="x()"><option>10<option>25</select></form>'],
  ["an arrow to another day of another document", '<a href="/news?date=2026-10-01">»</a>'],
])("%s says nothing of the list", (_, html) => {
  expect(kinds(html)).toEqual([]);
});

test("the largest size of a drop-down without a form is asked for where its script tells the address", () => {
  const options = [10, 25, 100].map((size) => `<option value="${size}">${size}</option>`).join("");
  const [part] = partsOf(
    `<select onchange="window.location='list?rows='+this.options[this.selectedIndex].value">${options}</select>`,
  );

  expect(part).toMatchObject({ kind: "size", size: 10, step: { kind: "link", url: `${LIST}?rows=100`, role: "all" } });
});
