import { expect, test } from "vitest";
import { findForms } from "../forms/find-forms.ts";
import { parsePage } from "../page/parse-page.ts";
import { applyPagination } from "./apply-pagination.ts";
import { learnPagination } from "./learn-pagination.ts";
import { otherParts } from "./other-parts.ts";

const many = (count: number, html: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => html(at)).join("");

/**
 * Costs that grow with the square of these would take minutes. Counted is the time that the processor spends on it, in
 * microseconds: on a busy machine the clock says more.
 */
test.each([
  ["links that say next", many(30_000, (at) => `<a href="?page=${String(at)}">Next</a>`)],
  ["page numbers", many(30_000, (at) => `<a href="?page=${String(at)}">${String(at)}</a> `)],
  ["ways back", many(30_000, () => '<a href="?p=1">Older posts</a>')],
  ["declared totals", many(30_000, (at) => `<p>Page ${String(at)} of 90000</p>`)],
  ["prose of numbers", `<p>${"1 to 2 of ".repeat(100_000)}</p>`],
  ["fields of one form", `<form>${"<input name=a>".repeat(50_000)}</form>`],
  ["boxes in one label", `<form><label>${"<input type=checkbox name=a>".repeat(30_000)}`],
  ["forms", "<form><input name=q><button>Next</button></form>".repeat(10_000)],
  ["choices of a drop-down", `<form><select onchange=x()>${many(30_000, (at) => `<option>${String(at + 1)}`)}`],
  [
    "drop-downs of one form",
    `<form>${many(20_000, () => "<select name=page><option>1<option>2</select>")}<input type=submit>`,
  ],
  ["drop-downs that send one form", `<form>${many(20_000, () => "<select onchange=x()><option>1<option>2</select>")}`],
  ["buttons of one form", `<form>${many(20_000, () => "<button>Go</button>")}`],
  ["buttons beside what they send", `<form>${many(20_000, () => "<input type=hidden value=1><button>Go on</button>")}`],
  ["back-slashes in a script", `<a href="javascript:__doPostBack('${"a\\\\".repeat(100_000)}">Next</a>`],
  ["quotes in a script", `<a onclick="WebForm_PostBackOptions('${"',".repeat(100_000)}">Next</a>`],
  ["names of one element", `<div class="${"nextPage ".repeat(100_000)}"><a href=x>Next</a></div>`],
  ["letters in one name", `<form><input name="${"aB".repeat(200_000)}"></form>`],
])("very many %s are read in bounded time", (_, html) => {
  const page = parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url: "https://town.example/?page=5" });
  const started = process.threadCpuUsage();
  const steps = applyPagination(learnPagination(page), page).steps;
  const forms = findForms(page);
  const parts = otherParts(page, []);

  expect(process.threadCpuUsage(started).user).toBeLessThan(5_000_000);
  expect(steps.length).toBeLessThan(30_001);
  expect(forms.length).toBeLessThan(10_001);
  expect(parts.length).toBeLessThan(20);
});
