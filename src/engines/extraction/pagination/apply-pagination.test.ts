import { describe, expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { applyPagination, isSpent, pageAddresses } from "./apply-pagination.ts";
import { learnPagination } from "./learn-pagination.ts";
import { PaginationRecipeSchema } from "./pagination-recipe.ts";
import type { PageStep } from "./pagination.ts";

const LIST = "https://town.example/tenders";
const pageOf = (html: string, url: string) => parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url });
const urlOf = (step?: PageStep): string | undefined => (step && "url" in step ? step.url : undefined);

/** A pager as many sites have one: on the last page its next control is what `last` says. */
const listing = (page: number, pages: number, last = ""): ReturnType<typeof pageOf> => {
  const numbers = Array.from({ length: pages }, (_, at) =>
    at + 1 === page ? `<b>${String(page)}</b>` : `<a href="?page=${String(at + 1)}">${String(at + 1)}</a>`,
  );
  const next = page < pages ? `<a class="pager-next" href="?page=${String(page + 1)}">Next</a>` : last;
  const previous = page > 1 ? `<a href="?page=${String(page - 1)}">Previous</a>` : "";
  return pageOf(`<div class="pager">${previous} ${numbers.join(" ")} ${next}</div>`, `${LIST}?page=${String(page)}`);
};

describe("a recipe learnt on one page", () => {
  const recipe = learnPagination(listing(1, 4));

  test("is plain JSON of the published schema", () => {
    expect(PaginationRecipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    expect(recipe).toMatchObject({
      kind: "numbered",
      next: { label: "Next", by: "link" },
      addresses: { template: `${LIST}?page={n}` },
    });
  });

  test("leads through the listing, the next page first", () => {
    const { steps, current } = applyPagination(recipe, listing(2, 4));

    expect(current).toBe(2);
    expect(steps[0]).toMatchObject({ kind: "link", role: "next", url: `${LIST}?page=3`, page: 3 });
    expect(steps.slice(1).map(urlOf)).toEqual([`${LIST}?page=1`, `${LIST}?page=4`]);
  });

  test.each([
    ["is missing", ""],
    ["is disabled", '<a class="pager-next disabled" href="?page=5">Next</a>'],
    ["leads to the page itself", '<a class="pager-next" href="?page=4">Next</a>'],
    ["leads back to the first page", '<a class="pager-next" href="?page=1">Next</a>'],
    ["is text only", '<span class="pager-next">Next</span>'],
  ])("the last page has no next step when its control %s", (_, last) => {
    expect(applyPagination(recipe, listing(4, 4, last)).steps.filter((step) => step.role === "next")).toEqual([]);
  });

  test("survives a pager that was rebuilt, by looking afresh", () => {
    const rebuilt = pageOf(
      '<nav><ul><li><a href="?page=1">1</a><li class="active">2<li><a rel="next" href="?page=3">Weiter</a></ul></nav>',
      `${LIST}?page=2`,
    );

    expect(urlOf(applyPagination(recipe, rebuilt).steps[0])).toBe(`${LIST}?page=3`);
  });

  test("computes the addresses of pages that are missing", () => {
    expect(pageAddresses(recipe, 3)).toEqual([
      { page: 2, url: `${LIST}?page=2` },
      { page: 3, url: `${LIST}?page=3` },
    ]);
  });
});

test("numbers without a next control lead on by number", () => {
  const html = '<p><a href="?page=1">1</a> <b>2</b> <a href="?page=3">3</a></p>';
  const page = pageOf(html, `${LIST}?page=2`);

  expect(applyPagination(learnPagination(page), page).steps[0]).toMatchObject({
    role: "next",
    url: `${LIST}?page=3`,
    page: 3,
  });
});

test("a chronological list goes on with older entries, also where newer ones are called next", () => {
  const blog = (page: number) => pageOf(`<nav><a href="/page/${String(page + 1)}">← Older posts</a> ${page > 1 ? `<a href="/page/${String(page - 1)}">Newer posts →</a>` : ""}</nav>`, `https://town.example/page/${String(page)}`); // prettier-ignore
  const recipe = learnPagination(blog(1));

  expect(urlOf(applyPagination(recipe, blog(2)).steps[0])).toBe("https://town.example/page/3");
});

test("the declared total ends a listing whose next control never dies", () => {
  const page = pageOf(
    "<p>Showing 41 to 57 of 57 entries</p><form method=post><input type=hidden name=__VIEWSTATE value=x><a href=\"javascript:__doPostBack('g','Page$Next')\">Next</a></form>",
    LIST,
  );

  expect(applyPagination(learnPagination(page), page).steps).toEqual([]);
});

test("a relation in the head leads on where the page shows no pager, if its address speaks of pages", () => {
  const withHead = (href: string) => pageOf(`<head><link rel="next" href="${href}"></head><body><p>Tenders</p>`, LIST);
  const steps = (href: string) => applyPagination(learnPagination(withHead(href)), withHead(href)).steps;

  expect(steps("?page=2").map(urlOf)).toEqual([`${LIST}?page=2`]);
  expect(steps("/news/road-works-begin")).toEqual([]);
});

test("numbers that stand in the body itself, without a box around them, are a pager", () => {
  const bare = (page: number) => {
    const rows = [1, 2, 3].map((lot) => `<tr><td>Lot ${String(page * 10 + lot)}</td></tr>`);
    const numbers = [1, 2, 3].map((one) => (one === page ? "<b>" + one + "</b>" : `<a href="?page=${one}">${one}</a>`));
    return pageOf(`<h1>3 towns</h1><table>${rows.join("")}</table>${numbers.join(" ")}`, `${LIST}?page=${page}`);
  };
  const recipe = learnPagination(bare(1));

  const nextOf = (page: number) => applyPagination(recipe, bare(page)).steps.find(({ role }) => role === "next");

  expect([1, 2, 3].map((page) => urlOf(nextOf(page)))).toEqual([`${LIST}?page=2`, `${LIST}?page=3`, undefined]);
});

test("a control that led on and can no longer be pressed is spent", () => {
  const showing = (button: string) => pageOf(`<ul><li>Lot 1</li></ul>${button}`, LIST);

  expect(isSpent(showing("<button disabled>Siguiente</button>"), "Siguiente")).toBe(true);
  expect(isSpent(showing('<button aria-disabled="true">Next</button>'), "Siguiente")).toBe(true);
  expect(isSpent(showing("<button>Siguiente</button>"), "Siguiente")).toBe(false);
  expect(isSpent(showing("<button disabled>Previous</button>"), "Next")).toBe(false);
});

test("where older entries led on, newer ones lead back, in whatever place they stand", () => {
  const news = (page: number) => {
    const newer = page > 1 ? `<a href="?p=${page - 1}">Newer</a>` : "";
    return pageOf(`<p>${newer} <a href="?p=${page + 1}">Older</a></p>`, page === 1 ? LIST : `${LIST}?p=${page}`);
  };

  expect(urlOf(applyPagination(learnPagination(news(1)), news(2)).steps[0])).toBe(`${LIST}?p=3`);
});
