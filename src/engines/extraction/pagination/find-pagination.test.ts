import { describe, expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { findPagination } from "./find-pagination.ts";
import type { FormStep, PageStep } from "./pagination.ts";

const LIST = "https://town.example/tenders";
const pageOf = (html: string, url = LIST) => parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url });
const found = (html: string, url = LIST) => findPagination(pageOf(html, url));

const urlOf = (step: PageStep | null): string | null => (step && "url" in step ? step.url : null);
const formStep = (step: PageStep | null): FormStep => {
  if (step?.kind !== "form") throw new Error(`expected a form step, got ${step?.kind ?? "none"}`);
  return step;
};

describe("links", () => {
  const numbers = '<a href="?page=1">1</a> <b>2</b> <a href="?page=3">3</a> <a href="?page=4">4</a>';

  test.each([
    ["a word", '<a href="?page=3">Next</a>'],
    ["a word of another language", '<a href="?page=3">Następna strona</a>'],
    ["an arrow", '<a href="?page=3">»</a>'],
    ["a picture with a text", '<a href="?page=3"><img src="x.gif" alt="Next page"></a>'],
    ["an icon named after an arrow", '<a href="?page=3"><i class="fa fa-chevron-right"></i></a>'],
    ["the name of an icon in a font", '<a href="?page=3"><i class="material-icons">chevron_right</i></a>'],
    ["a name for screen readers", '<a href="?page=3" aria-label="Next page"><svg></svg></a>'],
    ["a relation", '<a href="?page=3" rel="next">Older bids</a>'],
  ])("the next page is told by %s", (_, link) => {
    const pagination = found(`<div class="pager"><a href="?page=1">‹</a> ${numbers} ${link}</div>`, `${LIST}?page=2`);

    expect(urlOf(pagination.next)).toBe(`${LIST}?page=3`);
    expect(pagination).toMatchObject({
      kind: "numbered",
      current: 2,
      addresses: { template: `${LIST}?page={n}`, first: 1, step: 1 },
    });
  });

  test.each(["/tenders/2", "/tenders-page-2.html", "/tenders_2"])(
    "an address that continues this one's leads on without a word for it: %s",
    (href) => {
      const link = `<a rel="next" href="${href}">More tenders</a>`;

      expect(urlOf(found(link).next)).toBe(`https://town.example${href}`);
    },
  );

  test("a relation alone does not make a link to elsewhere the next page", () => {
    expect(found('<a rel="next" href="/tenders/2">More tenders</a>', "https://town.example/news").next).toBeNull();
  });

  test("what is older comes next where its relation says so", () => {
    const { next } = found('<a rel="next" class="nextlink" href="/tenders?offset=50">older 50</a>');

    expect(urlOf(next)).toBe(`${LIST}?offset=50`);
  });

  test("a form that is filled in step by step is no listing", () => {
    const steps = '<a href="/step/1">Back</a> <button>Next</button>';
    const link = '<p><a href="/t/1">Bridge</a></p>';

    expect(found(`<form method="post" action="/step/3"><input name="company">${steps}</form>`).next).toBeNull();
    expect(
      found(`<form method="post" action="/list"><input name="words">${link.repeat(3)}${steps}</form>`).next,
    ).not.toBeNull();
  });

  test("the arrow to the last page is not the next page", () => {
    const pagination = found(
      `<div class="pager">${numbers} <a href="?page=3">&gt;</a> <a href="?page=41">&gt;&gt;</a></div>`,
      `${LIST}?page=2`,
    );

    expect(urlOf(pagination.next)).toBe(`${LIST}?page=3`);
  });

  test("offsets are told from page numbers", () => {
    const pagination = found(
      '<p>1 <a href="?start=20">2</a> <a href="?start=40">3</a> <a href="?start=20">Next</a></p>',
    );

    expect(pagination).toMatchObject({
      kind: "offset",
      current: 1,
      addresses: { template: `${LIST}?start={n}`, first: 0, step: 20 },
    });
  });

  test("numbers alone are pages, but nothing says next", () => {
    const pagination = found(
      `<ul class="pages"><li class="active"><a href="?page=1">1</a><li><a href="?page=2">2</a></ul>`,
      `${LIST}?page=1`,
    );

    expect(pagination.next).toBeNull();
    expect(pagination.current).toBe(1);
    expect(pagination.pages.map(urlOf)).toEqual([`${LIST}?page=2`]);
  });

  test("older entries are where a chronological list goes on", () => {
    const pagination = found(
      '<nav><a href="/page/3">← Older posts</a> <a href="/page/1">Newer posts →</a></nav>',
      "https://town.example/page/2",
    );

    expect(urlOf(pagination.older)).toBe("https://town.example/page/3");
  });
});

describe("what looks like a pager and is none", () => {
  test.each([
    ["a carousel", '<div class="carousel"><a class="prev" href="#c">‹</a><a class="next" href="#c">›</a></div>'],
    [
      "a calendar",
      `<table class="calendar"><tr>${"<td><a href='?d=1'>1</a></td><td><a href='?d=2'>2</a></td>".repeat(2)}</tr><tr><td>8</td><td>9</td></tr></table><a href="?m=5" class="calendar next">›</a>`,
    ],
    [
      "a button of a form in several steps",
      '<form><input name="user"><button type="button">Show password</button></form>',
    ],
    ["sort links", '<table><tr><th><a href="?sort=date&dir=asc">Date</a><th><a href="?sort=title">Title ▼</a></table>'],
    [
      "read on under every entry",
      [1, 2, 3, 4].map((n) => `<article><a href="/entry-${String(n)}">Continue »</a></article>`).join(""),
    ],
    ["a disabled control", '<ul class="pager"><li class="disabled"><a href="#">Next</a></li></ul>'],
    ["a link to this very page", '<div class="pager"><a href="https://town.example/tenders">Next</a></div>'],
    ["the way back", '<div class="pager"><a href="?page=1">« Previous</a></div>'],
    ["a title that begins with next", '<a href="/news/4">Next generation networks for rural areas to be tendered</a>'],
  ])("%s", (_, html) => {
    expect(found(html).next).toBeNull();
  });

  test("years and ratings are no page numbers", () => {
    const years = found('<p><a href="/2022">2022</a> <a href="/2023">2023</a> <a href="/2024">2024</a></p>');

    expect(years.addresses).toBeNull();
  });
});

describe("post-backs", () => {
  const state = '<input type=hidden name=__VIEWSTATE value="abc"><input type=hidden name=__EVENTTARGET value="">';

  test("a link to __doPostBack sends the form with its event, and presses no button", () => {
    const { next, kind } =
      found(`<form method=post action="list.aspx?x=1">${state}<input name=q value=road><input type=submit name=go value=Search>
      <table><tr><td><span>1</span></td><td><a href="javascript:__doPostBack('grid','Page$2')">2</a></td>
      <td><a href="javascript:__doPostBack(&#39;grid&#39;,&#39;Page$Next&#39;)">Next</a></td></tr></table></form>`);

    expect(kind).toBe("postback");
    expect(formStep(next)).toMatchObject({ url: "https://town.example/list.aspx?x=1", method: "POST", role: "next" });
    expect(formStep(next).fields).toEqual([
      ["__VIEWSTATE", "abc"],
      ["__EVENTTARGET", "grid"],
      ["q", "road"],
      ["__EVENTARGUMENT", "Page$Next"],
    ]);
  });

  test("numbered post-backs lead to their pages", () => {
    const { pages, current } = found(`<form method=post>${state}<table><tr><td><span>1</span></td>
      <td><a href="javascript:__doPostBack('grid','Page$2')">2</a></td><td><a href="javascript:__doPostBack('grid','Page$3')">3</a></td></tr></table></form>`);

    expect(current).toBe(1);
    expect(pages.map((step) => formStep(step).page)).toEqual([2, 3]);
  });

  test("an image button whose script only changes the address sends its point to that address", () => {
    const { next } =
      found(`<form method=post>${state}<input type=image name="pager$next" title="Next page 31 - 60" src="n.gif"
      onclick="javascript:WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions(&quot;pager$next&quot;, &quot;&quot;, false, &quot;&quot;, &quot;list.aspx?PageNumber=2&quot;, false, false))"></form>`);

    expect(formStep(next).url).toBe("https://town.example/list.aspx?PageNumber=2");
    expect(formStep(next).fields).toContainEqual(["pager$next.x", "1"]);
  });

  test("a button of a GET form leads on", () => {
    const { next } = found(
      '<form action="/list"><input type=hidden name=offset value=20><button name=dir value=fwd>Next</button></form>',
    );

    expect(formStep(next)).toMatchObject({ method: "GET", url: "https://town.example/list", fields: [["offset", "20"], ["dir", "fwd"]] }); // prettier-ignore
  });

  test("a drop-down of pages that sends itself is a pager, a choice of page size is none", () => {
    const select = (choices: string): string =>
      `<form method=post>${state}<select name=p onchange="__doPostBack('p','')">${choices}</select></form>`;
    const pager = found(select("<option>1<option selected>2<option>3"));

    expect(pager).toMatchObject({ kind: "postback", current: 2 });
    expect(formStep(pager.pages[1] ?? null).fields).toContainEqual(["p", "3"]);
    expect(found(select("<option>10<option selected>20<option>50")).pages).toEqual([]);
  });

  test("a script that nobody can read is a click for a browser", () => {
    const { next } = found(
      '<div class="pagination"><a href="#" onclick="go(1)">1</a> <b>2</b> <a class="next" href="javascript:go(3)">Next</a></div>',
    );

    expect(next).toMatchObject({ kind: "click", selector: "a.next" });
  });
});

describe("more records on the same page", () => {
  test("a button that loads more is a click", () => {
    expect(found('<ul><li>a</ul><button class="load-more">Load more</button>')).toMatchObject({
      kind: "load-more",
      more: { kind: "click", role: "more" },
    });
  });

  test("marks of infinite scrolling are a scroll", () => {
    expect(found('<div class="infinite-scroll-container"><p>a</div>').more).toEqual({ kind: "scroll", role: "more" });
  });

  test("'see more' under every teaser loads nothing", () => {
    expect(found([1, 2, 3].map((n) => `<a href="/n/${String(n)}">See more</a>`).join("")).more).toBeNull();
  });
});
