import { describe, expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { classifyPage } from "./classify-page.ts";
import type { PageFacts, PageKind } from "./page-kind.ts";

const kindOf = (html: string, facts?: PageFacts, url = "https://town.example/x"): PageKind =>
  classifyPage(parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url }), facts).kind;

const rows = Array.from({ length: 12 }, (_, at) => `<tr><td>RFP-2024-0${String(10 + at)}<td><a href="/t/${String(at)}">Road works, section ${String(at)}, resurfacing and drainage</a><td>2024-05-${String(10 + at)}`).join(""); // prettier-ignore
const table = `<table><tr><th>Number<th>Title<th>Closing${rows}</table>`;
const loginForm =
  "<form method=post action=/login><input name=username><input type=password name=password><button>Log in</button></form>";

describe("what a page is", () => {
  test.each<[PageKind, string, string]>([
    ["list", "a table of records", `<title>Open tenders</title>${table}`],
    ["list", "a table of records under a log-in box", `<header>${loginForm}</header><title>Open tenders</title>${table}`],
    ["login", "a log-in form alone", `<title>Sign in</title><h1>Sign in</h1>${loginForm}`],
    ["error", "words of an error", "<title>404 - Page not found</title><h1>Page not found</h1><p>Sorry.</p>"],
    ["error", "words of an error in another language", "<title>Fehler 404</title><h1>Seite nicht gefunden</h1>"],
    ["error", "a site under maintenance", "<title>Procurement</title><h1>The service is temporarily unavailable</h1>"],
    ["wall", "a challenge", "<title>Just a moment...</title><h1>Checking your browser before you continue</h1>"],
    ["empty", "a search without results", "<title>Search</title><h1>Tenders</h1><p>No tenders were found matching your criteria.</p>"],
    ["empty", "a search without results in another language", "<title>Suche</title><p>Es wurden keine Ergebnisse gefunden. Keine Ergebnisse.</p>"],
    ["empty", "a count of zero", "<title>Search</title><p>0 results</p>"],
    ["consent", "a notice before the content", "<title>Portal</title><p>Terms and conditions apply to the use of this register.</p><form method=post><input type=checkbox name=a> I accept the terms <button>Continue</button></form>"],
    ["detail", "labelled values of one thing", "<title>RFP 7</title><h1>Road works</h1><table><tr><th>Number<td>7<tr><th>Closing<td>2024-05-01<tr><th>Buyer<td>Town<tr><th>Value<td>€ 5</table>"],
    ["detail", "one article by its own declaration", `<title>News</title><meta property="og:type" content="article"><h1>Road works begin</h1><p>${"Words and more words. ".repeat(20)}</p>`],
    ["other", "next to nothing", "<title>Welcome</title><p>Hello</p>"],
  ])("%s: %s", (kind, _, html) => {
    expect(kindOf(html)).toBe(kind);
  }); // prettier-ignore

  test("the server's status is believed unless the page holds a real list", () => {
    expect(kindOf("<p>All is well</p>", { status: 500 })).toBe("error");
    expect(kindOf(`<title>Open tenders</title>${table}`, { status: 404 })).toBe("list");
    expect(kindOf("<p>Slow down</p>", { status: 429 })).toBe("wall");
  });

  test("a list that was found before is taken as it is", () => {
    expect(kindOf(`<title>Open tenders</title>${table}`, { list: null })).not.toBe("list");
  });

  test("the reason is one sentence", () => {
    const { reason, confidence } = classifyPage(parsePage({ bytes: Buffer.from(table), encoding: "utf-8" }));

    expect(reason).toBe("It holds 12 alike records.");
    expect(confidence).toBeGreaterThan(0.5);
  });
});
