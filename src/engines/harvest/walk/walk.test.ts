import { expect, test } from "vitest";
import type { PageStep } from "#engines/extraction";
import { pageCame, pageFailed } from "./walk.ts";
import { newWalk, type PageSeen, type WalkState } from "./walk-state.ts";

const never = (): boolean => false;
const next: PageStep = { kind: "link", url: "http://a.example/list?page=2", role: "next", label: "Next" };
const numbered = (page: number): PageStep => ({
  kind: "link",
  url: `http://a.example/list?page=${page}`,
  role: "page",
  label: String(page),
  page,
});

function page(facts: Partial<PageSeen> = {}): PageSeen {
  return {
    step: { kind: "open", url: "http://a.example/list" },
    records: 10,
    fresh: 10,
    steps: [],
    total: null,
    pagesDeclared: null,
    pageDeclared: null,
    pager: "absent",
    scrolls: false,
    grew: false,
    isCut: false,
    emptyIsEnd: false,
    unanswered: 0,
    elsewhere: null,
    limit: null,
    ...facts,
  };
}

function after(...pages: PageSeen[]): WalkState {
  return pages.reduce((state, one) => pageCame(state, one, never).state, newWalk(null));
}

test("the next page is asked for before numbered ones", () => {
  const decision = pageCame(newWalk(null), page({ steps: [numbered(3), next] }), never);

  expect(decision.next).toEqual(next);
});

test("without a next link the lowest number beyond the current page is asked for", () => {
  const decision = pageCame(newWalk(null), page({ steps: [numbered(4), numbered(2), numbered(3)] }), never);

  expect(decision.next).toEqual(numbered(2));
});

test("an address is asked for once", () => {
  const asked = new Set(["GET http://a.example/list?page=2"]);

  expect(pageCame(newWalk(null), page({ steps: [next] }), (key) => asked.has(key))).toMatchObject({
    next: null,
    stop: "last_page",
  });
});

test("a page that holds only known records ends the walk as repeated and does not count", () => {
  const decision = pageCame(
    after(page()),
    page({ step: next, fresh: 0, steps: [{ ...next, url: "http://a.example/list?page=3" }] }),
    never,
  );

  expect(decision).toMatchObject({ next: null, stop: "repeated_page", state: { pages: 1, duplicates: 10 } });
});

test("a page that was pressed and brings nothing new has come to its end, or to a failure", () => {
  const more: PageStep = { kind: "click", selector: "#more", role: "more", label: "More" };
  const grown = after(
    page({ steps: [more], pager: "leads-on" }),
    page({ step: more, records: 20, fresh: 10, steps: [more], pager: "leads-on" }),
  );

  const decision = pageCame(
    grown,
    page({ step: more, records: 20, fresh: 0, steps: [more], pager: "leads-on" }),
    never,
  );

  expect(decision).toMatchObject({ stop: "last_page", state: { found: 20, duplicates: 0, brokeOff: true } });
});

test("a button that brought the rest and took itself away has given all", () => {
  const more: PageStep = { kind: "click", selector: "#more", role: "next", label: "More" };
  const grown = after(page({ steps: [more], pager: "leads-on" }));

  const whole = pageCame(grown, page({ step: more, records: 20, fresh: 10, pager: "absent" }), never);
  const turned = pageCame(grown, page({ step: more, records: 10, fresh: 10, pager: "absent" }), never);

  expect(whole.state.pagerEnded).toBe(true);
  expect(turned.state.pagerEnded).toBe(false);
});

test("a page without a pager is scrolled in a browser, once", () => {
  const first = pageCame(newWalk(null), page({ scrolls: true }), never);
  expect(first.next).toEqual({ kind: "scroll", role: "more" });

  const again = pageCame(first.state, page({ scrolls: true, step: { kind: "scroll", role: "more" }, fresh: 0 }), never);
  expect(again).toMatchObject({ next: null, stop: "last_page", state: { hadPager: false } });
});

test("numbered pages that were passed over are asked for at the end", () => {
  const state = after(page({ steps: [next, numbered(3)] }));

  const decision = pageCame(state, page({ step: { ...next, page: 2 }, pager: "ended" }), never);

  expect(decision.next).toEqual(numbered(3));
});

test("a gap in the numbers is filled by the pattern of the addresses", () => {
  const addresses = { template: "http://a.example/list?start={n}", first: 0, step: 10 };
  const one = pageCame(newWalk(addresses), page({ pagesDeclared: 3, pageDeclared: 1 }), never);

  expect(one.next).toMatchObject({ kind: "link", url: "http://a.example/list?start=10", page: 2 });
});

test("a page that fails leaves a gap, and numbered pages behind it are asked for", () => {
  const state = after(page({ steps: [numbered(2), numbered(3)] }));

  const decision = pageFailed(state, numbered(2), "unreachable", (key) => key.endsWith("page=2"));

  expect(decision).toMatchObject({ next: numbered(3), state: { gaps: ["page 2"] } });
});

test("an address that led to new records is asked for again where it still leads on: its server counts", () => {
  const state = after(page({ steps: [next] }));
  const wasAsked = (key: string) => key === "GET http://a.example/list?page=2";

  expect(pageCame(state, page({ step: next, steps: [next] }), wasAsked).next).toEqual(next);
  expect(pageCame(state, page({ step: next, steps: [next], fresh: 0 }), wasAsked).next).toBeNull();
});

test("three failures in a row end the walk", () => {
  const state = { ...after(page({ steps: [numbered(2), numbered(3), numbered(4), numbered(5)] })), failuresInARow: 2 };

  expect(pageFailed(state, numbered(4), "unreachable", never)).toMatchObject({ next: null, stop: "unreachable" });
});

test("a wall ends the walk at once", () => {
  const state = after(page({ steps: [numbered(2), numbered(3)] }));

  expect(pageFailed(state, numbered(2), "wall", never)).toMatchObject({ next: null, stop: "wall" });
});

const all: PageStep = { kind: "link", url: "http://a.example/list?all=1", role: "all", label: "Show all" };

test("what was asked for as the whole list counts when it shows again what was seen", () => {
  const first = pageCame(newWalk(null), page({ steps: [all], elsewhere: "Show all" }), never);
  expect(first.next).toEqual(all);

  const whole = pageCame(first.state, page({ step: all, records: 30, fresh: 20 }), never);

  expect(whole).toMatchObject({ stop: "last_page", state: { found: 30, duplicates: 0, elsewhere: null } });
});

test("what was asked for as the whole list and shows other records is left alone", () => {
  const first = pageCame(newWalk(null), page({ steps: [all], elsewhere: "Show all" }), never);

  const other = pageCame(first.state, page({ step: all, records: 30, fresh: 29 }), never);

  expect(other).toMatchObject({ stop: "last_page", state: { pages: 1, found: 10, elsewhere: null } });
});

test("a whole list that does not come is no gap, but known to be there", () => {
  const { state } = pageCame(newWalk(null), page({ steps: [all], elsewhere: "Show all" }), never);

  expect(pageFailed(state, all, "error_page", never)).toMatchObject({
    stop: "last_page",
    state: { gaps: [], elsewhere: "Show all" },
  });
});

const scroll = { kind: "scroll", role: "more" } as const;

test("a list of which scrolling shows nothing again may lack what lies between", () => {
  const first = page({ scrolls: true });

  expect(after(first, page({ step: scroll, scrolls: true, records: 12, fresh: 9 })).leapt).toBe(false);
  expect(after(first, page({ step: scroll, scrolls: true, records: 12, fresh: 12 })).leapt).toBe(true);
});

test("a page that grew before it was read is scrolled on, and ends where nothing more comes", () => {
  const grown = pageCame(newWalk(null), page({ scrolls: true, grew: true }), never);
  expect(grown).toMatchObject({ next: scroll, state: { hadPager: true } });

  expect(pageCame(grown.state, page({ step: scroll, scrolls: true, fresh: 0 }), never)).toMatchObject({
    stop: "last_page",
    state: { pagerEnded: true },
  });
});
