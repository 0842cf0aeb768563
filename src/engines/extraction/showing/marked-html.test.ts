import { expect, test } from "vitest";
import { nodeAt } from "../page/node-path.ts";
import { parsePage } from "../page/parse-page.ts";
import { MARK_ID, MARKED_DATA_PATH, markedHtml } from "./marked-html.ts";

function marked(html: string, path: string | null): string | null {
  return markedHtml(parsePage({ bytes: new TextEncoder().encode(html), url: "https://example.org/" }), path);
}

test("the node is outlined and can be jumped to, and the rest reads as before", () => {
  const html = marked(
    '<table><tr><td class="a">One &amp; two<td id="x">1 < 2</table>',
    "/html[1]/body[1]/table[1]/tbody[1]/tr[1]/td[2]",
  );

  expect(html).toContain('<td class="a">One &amp; two</td>');
  expect(html).toMatch(/<td id="gleaner-evidence" style="[^"]*outline:3px solid/);
  expect(html).toContain("1 &lt; 2</td>");
});

test("nothing in it runs, asks, sends or leads elsewhere", () => {
  const hostile = `<head><base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example">
    <link rel=stylesheet href="//evil.example/a.css"><script>alert(1)</script></head>
    <body onload="alert(2)" background="//evil.example/b.png"><a href="javascript:alert(3)" onclick="x()" ping="//evil.example">go</a>
    <form action="//evil.example"><button formaction="//evil.example">send</button></form>
    <img src="//evil.example/i.png" srcset="//evil.example/2.png" onerror="x()"><iframe srcdoc="<script>x()</script>"></iframe>
    <object data="//evil.example"></object><svg onload="x()"><script>x()</script><a xlink:href="//evil.example">s</a></svg>
    <style>a{}</style><style></sty</style><video src="//evil.example/v" poster="//evil.example/p"></video></body>`;
  const html = marked(hostile, null) ?? "";

  expect(html).not.toMatch(/<(script|base|meta http|link|iframe|object|form)/i);
  expect(html).not.toMatch(
    / (on\w+|src|srcset|href|xlink:href|action|formaction|ping|poster|background|srcdoc|data)=/i,
  );
  expect(html).toContain('title="javascript:alert(3)"');
  expect(html).toContain("go</a>");
});

test("data in a script is shown as text above the page", () => {
  const html = marked('<script type="application/ld+json">{"a":"</b>"}</script><p>text', "/html[1]/head[1]/script[1]");

  expect(html).toMatch(
    /<pre id="gleaner-evidence"[^>]*>&lt;script type="application\/ld\+json"&gt;\{"a":"&lt;\/b&gt;"\}/,
  );
});

function answer(json: string, path: string | null, range: [number, number] | null): string | null {
  const page = parsePage({ bytes: new TextEncoder().encode(json), url: null, contentType: "application/json" });
  return markedHtml(page, path, range);
}

test("an answer that is data is shown line by line, with the value outlined", () => {
  const json = '{"items":[{"title":"Road <b>A12</b>","closes":"2026-03-12"}]}';
  const from = json.indexOf("2026-03-12");

  const html = answer(json, "/html[1]/body[1]/script[1]", [from, from + 10]) ?? "";

  expect(html).toMatch(/"closes": "<mark id="gleaner-evidence" style="[^"]*outline[^"]*">2026-03-12<\/mark>"\n/);
  expect(html).toContain('"title": "Road &lt;b&gt;A12&lt;/b&gt;"');
  expect(nodeAt(parsePage({ bytes: new TextEncoder().encode(html) }).root, MARKED_DATA_PATH)?.attribs["id"]).toBe(
    MARK_ID,
  );
});

test("a range that an answer does not have marks nothing", () => {
  expect(answer('{"a":[1,2]}', "/html[1]/body[1]/script[1]", [5, 500])).not.toContain("<mark");
});

test("a value within a script of a page is outlined in its source", () => {
  const page = parsePage({ bytes: new TextEncoder().encode('<script>var a = "x<y";</script><p>text') });

  expect(markedHtml(page, "/html[1]/head[1]/script[1]", [9, 12])).toMatch(/a = "<mark [^>]*>x&lt;y<\/mark>"/);
});

test("a place that the page does not have gives nothing", () => {
  expect(marked("<p>text", "/html[1]/body[1]/p[2]")).toBeNull();
});

test("a page that is very deep is written within a moment", () => {
  const html = marked(`${"<div>".repeat(10_000)}end`, null);

  expect(html).toContain("end");
});
