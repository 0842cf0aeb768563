import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { learnPage } from "../learn-page.ts";
import type { PageSource } from "../page/page.ts";
import { parsePage } from "../page/parse-page.ts";
import type { Recipe } from "../recipe.ts";
import { RecipeReader } from "./recipe-reader.ts";
import { makeStencil } from "./stencil.ts";

const sourceOf = (html: string, page = 1): PageSource => ({
  bytes: new TextEncoder().encode(html),
  url: `https://portal.example/list?page=${page}`,
  contentType: "text/html; charset=utf-8",
});

interface Row {
  readonly code: string;
  readonly title: string;
  readonly href: string;
  readonly date: string;
  readonly note: string;
  readonly kind: string;
}

/** How a portal writes a row, with the places that make parsing hard. */
const DRAWN: Readonly<Record<string, { readonly open: string; readonly close: string; row(row: Row): string }>> = {
  table: {
    open: `<table id="list"><thead><tr><th>Case</th><th>Subject</th><th>Closing<br>date</th><th>Note</th></tr></thead><tbody>`,
    close: "</tbody></table>",
    row: ({ code, title, href, date, note, kind }) =>
      `<tr class="${kind}" id="row-${code}"><td>${code}</td><td><a href="${href}">${title}</a></td><td>${date}</td><td>${note}</td></tr>\n`,
  },
  "old table": {
    open: `<TABLE CLASS=grid><TR><TD><B>Case</B></TD><TD><B>Subject</B></TD><TD><B>Closing</B></TD><TD><B>Note</B></TD></TR>`,
    close: "</TABLE>",
    row: ({ code, title, href, date, note }) =>
      `<TR><TD><A HREF='${href}'>${code}</A></TD><TD>${title}</TD><TD NOWRAP>${date}</TD><TD><FONT SIZE=1>${note}</FONT></TD></TR>`,
  },
  cards: {
    open: `<section class="results">`,
    close: "</section>",
    row: ({ code, title, href, date, note, kind }) => `
      <article class="card ${kind}" data-key="${code}">
        <h3><a href="${href}" title="${title}">${title}</a></h3>
        <img src="/i/${code}.png" alt=""><p class="note">${note} <em>until</em> ${date}</p><span class="code">${code}</span>
      </article>`,
  },
  list: {
    open: `<ul class="news">`,
    close: "</ul>",
    row: ({ code, title, href, date, note }) =>
      `<li><time datetime="${date}">${date}</time> <a href="${href}">${title}</a> (${code})<br><!-- ${code} --><i>${note}</i></li>`,
  },
};

/** What a page says is anything at all. */
const said = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("Road works", "School meals, lot 4", "IT support – phase II") },
  fc.constantFrom("", " ", "&nbsp;", "Sponsored", "Advertisement", "Case", "Note", "12 May 2026", "A &amp; B", "a < b", "&lt;td&gt;", "3 &euro;", " x ", "\n two\n lines ", "(", "n/a", "</td>", "<b>bold</b>", "<b>", "</div>", "<table>", "<!-- -->", "<br>", "é\u0301", "&shy;", "so&shy;ft", "&notin", "\r\n", "\0", "<base href=/x/>"), // prettier-ignore
);
const row = fc.record<Row>({
  code: fc.integer({ min: 1, max: 9999 }).map((number) => `T-${number}`),
  title: said,
  href: fc.constantFrom("/t/1", "t/2?a=1&amp;b=2", "#", "", "javascript:go(1)", "https://other.example/x", "../up"),
  date: fc.oneof(fc.constantFrom("2026-05-12", "12/05/2026", "3 June 2026"), said),
  note: said,
  kind: fc.constantFrom("odd", "even", "sponsored", "odd"),
});
const usual = (number: number): Row => ({
  code: `T-${number}`,
  title: `Works in lot ${number}`,
  href: `/t/${number}`,
  date: `2026-0${(number % 9) + 1}-12`,
  note: number % 3 ? `Open for ${number} firms` : "Closed early",
  kind: number % 2 ? "odd" : "even",
});

interface Drawn {
  readonly rows: readonly Row[];
  readonly before: string;
  readonly behind: string;
}

function draw(name: string, { rows, before, behind }: Drawn): string {
  const drawn = DRAWN[name];
  const list = drawn ? `${drawn.open}${rows.map(drawn.row).join("")}${drawn.close}` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page of ${rows.length}</title><script>var a = ${rows.length};</script></head><body><form action="/p?${rows.length}"><input type="hidden" name="state" value="${rows[0]?.code ?? ""}"></form><h1>Open cases</h1><p>${before}</p><main>${list}</main>${behind}</body></html>`;
}

const drawn = fc.record<Drawn>({
  rows: fc.oneof(
    fc.array(row, { minLength: 1, maxLength: 6 }),
    fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 2, max: 8 })).map(([from, count]) => many(from, count)),
    fc.tuple(row, fc.nat(5)).map(([odd, at]) => many(7, 6).toSpliced(at, 1, odd)),
  ),
  before: fc.oneof({ weight: 3, arbitrary: fc.constantFrom("1 to 20 of 300", "21 to 40 of 300") }, said),
  behind: fc.oneof(fc.constantFrom(`<a href="?page=2">2</a>`, `<b>1</b> <a href="?page=2">2</a>`), said),
});
const many = (from: number, count: number): Row[] => Array.from({ length: count }, (_, at) => usual(from + at));

function learnt(name: string): { recipe: Recipe; first: string } {
  const first = draw(name, { rows: many(1, 12), before: "1 to 12 of 300", behind: `<a href="?page=2">2</a>` });
  const { recipe } = learnPage(parsePage(sourceOf(first)));
  if (!recipe) throw new Error(`Nothing was learnt of "${name}".`);
  return { recipe, first };
}

const parsed = (recipe: Recipe, source: PageSource) => applyRecipe(recipe, parsePage(source), { pagination: false });

describe.each(Object.keys(DRAWN))("a list drawn as %s", (name) => {
  const { recipe, first } = learnt(name);
  const stencil = makeStencil(recipe, parsePage(sourceOf(first)), first);

  test("is read by the stencil of its first page", () => {
    const next = draw(name, { rows: many(40, 9), before: "13 to 21 of 300", behind: "<b>2</b>" });
    const read = stencil?.read(next, "https://portal.example/list?page=2");

    expect(read?.records).toEqual(parsed(recipe, sourceOf(next, 2)).records);
    expect(read?.records).toHaveLength(9);
  });

  test("is read as parsing reads it wherever the stencil fits, whatever the page says", () => {
    let fitted = 0;
    fc.assert(
      fc.property(drawn, (page) => {
        const html = draw(name, page);
        const read = /[\0\r]|<base/.test(html) ? null : stencil?.read(html, sourceOf(html).url ?? null);
        if (!read) return;
        const { records, drift } = parsed(recipe, sourceOf(html));
        if (drift.length > 0) return;
        fitted += 1;
        expect(read.records).toEqual(records);
      }),
      { numRuns: 150 },
    );
    expect(fitted).toBeGreaterThan(15);
  });

  test("page after page is read as parsing reads it", () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 3, maxLength: 6 }), (pages) => {
        const reader = new RecipeReader(recipe, { embedded: true });
        for (const [at, page] of pages.entries()) {
          const source = sourceOf(draw(name, page), at + 1);
          const { records, drift, holds } = reader.read(source, { pagination: false });
          expect({ records, drift }).toEqual(pick(parsed(recipe, source)));
          expect(records.every(({ fields }) => Object.values(fields).every(holds))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });
});

const pick = ({ records, drift }: ReturnType<typeof applyRecipe>) => ({ records, drift });

describe("there is no stencil", () => {
  const { recipe, first } = learnt("table");
  const stencilOf = (html: string) => makeStencil(recipe, parsePage(sourceOf(html)), html);

  test.each([
    ["for a page whose links lead from elsewhere", first.replace("<head>", `<head><base href="/elsewhere/">`)],
    ["where cells reach into the next row", first.replace("<td>T-3<", `<td rowspan="2">T-3<`)],
    ["where the parser has to close what the page leaves open", first.replaceAll("</td></tr>", "</td>")],
    ["where the list stands in an element that styles text", first.replace("<main>", "<main><font>")],
    ["for a page with a script in a drawing", first.replace("<main>", "<svg><script>a()</script></svg><main>")],
    ["where an advertisement stands in the list", first.replace(`class="even"`, `class="sponsored"`)],
  ])("%s", (_, html) => {
    expect(stencilOf(first)).not.toBeNull();
    expect(stencilOf(html)).toBeNull();
  });
});

test("a page with an unresolved conflict is parsed, between pages that stencils read", () => {
  const { recipe, first } = learnt("table");
  const reader = new RecipeReader(recipe, { embedded: true });
  const next = draw("table", { rows: many(40, 9), before: "13 to 21 of 300", behind: "<b>2</b>" });
  const conflict = `<<<<<<< HEAD\n${first}\n=======\n${next}\n>>>>>>> capture\n`;

  for (const html of [first, next, conflict, next]) {
    const { records, holds } = reader.read(sourceOf(html), { pagination: false });
    expect(records).toEqual(parsed(recipe, sourceOf(html === conflict ? `${next}\n` : html)).records);
    expect(records.every(({ fields }) => Object.values(fields).every(holds))).toBe(true);
  }
});

test.each(["form:list", "a&b", "12.list"])(
  "a list that is found by the id %j is told from one with another id",
  (id) => {
    const { recipe } = learnPage(parsePage(sourceOf(identified("menu", id))));
    if (!recipe) throw new Error("Nothing was learnt.");
    const reader = new RecipeReader(recipe, { embedded: true });

    expect(recipe.list.containers[0]).toContain("#");
    for (const ids of [["menu", id] as const, ["nav", id] as const, [id, "menu"] as const, ["menu", "gone"] as const]) {
      const source = sourceOf(identified(...ids));
      const { records, drift } = reader.read(source, { pagination: false });
      expect({ records, drift }).toEqual(pick(parsed(recipe, source)));
    }
  },
);

/** A short list and a table, in elements with ids. */
function identified(...ids: readonly string[]): string {
  const [menu, table] = ids.map((id) => id.replace("&", "&amp;"));
  const rows = many(1, 9).map(DRAWN["table"]?.row ?? (() => ""));
  return `<div id="${menu}"><ul><li>a 1</li><li>b 2</li></ul></div><div id="${table}"><table><tbody>${rows.join("")}</tbody></table></div>`;
}

test("rows of three thousand kinds are looked through in about the time of parsing", () => {
  const { recipe, first } = learnt("list");
  const html = first.replace(/<ul class="news">[^]*<\/ul>/, `<ul class="news">${unlike(3_000).join("")}</ul>`);
  const [page, parsing] = timed(() => parsePage(sourceOf(html)));
  const [stencil, making] = timed(() => makeStencil(recipe, page, html));

  expect(stencil?.plans.length).toBeGreaterThan(1);
  expect(making).toBeLessThan(parsing * 12 + 200_000);
});

const unlike = (count: number): string[] =>
  many(1, count).map((one, at) => (DRAWN["list"]?.row(one) ?? "").replace("<i>", `<i class="kind-${at}">`));

/** With microseconds of processor time. */
function timed<T>(run: () => T): [result: T, took: number] {
  const started = process.threadCpuUsage();
  const result = run();
  return [result, process.threadCpuUsage(started).user];
}
