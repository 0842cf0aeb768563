import { describe, expect, test } from "vitest";
import { outlineOf } from "../outline/page-outline.ts";
import { pageOf } from "../testing.ts";
import { elementsBelow } from "./elements.ts";
import { textOf } from "./text-of.ts";

/** The lines of a page, as all rules after parsing see them. */
function linesOf(html: string): string[] {
  const outline = outlineOf(pageOf(html));
  return outline.linesIn([0, outline.text.length]).map(([start, end]) => outline.text.slice(start, end));
}

const breaksIn = (html: string): number =>
  [...elementsBelow(pageOf(html).root)].filter(({ name }) => name === "br").length;

describe("lines of preformatted text", () => {
  test("end where they end in the source, also inside of what styles them", () => {
    expect(linesOf("<pre>Date    Case\n\n1 May   <a href=/1>A-1</a>  Roe\r\n2 May</pre>")).toEqual([
      "Date Case",
      "1 May A-1 Roe",
      "2 May",
    ]);
    expect(linesOf("<pre><font><b>One\nTwo</b>\nThree</font></pre>")).toEqual(["One", "Two", "Three"]);
  });

  test("go on where a link goes on below", () => {
    expect(linesOf("<pre><a href=/1>A very long\n  title</a>, 1 May\nNext</pre>")).toEqual([
      "A very long title, 1 May",
      "Next",
    ]);
  });

  test("leave the text of the page and the places of its elements as they were", () => {
    const text = "  One  <b>1</b>\n\nTwo <b>2</b>\n";
    const page = pageOf(`<pre>${text}</pre>`);

    expect(textOf(page.root)).toBe(textOf(pageOf(`<div>${text}</div>`).root));
    expect(outlineOf(page).text).toBe(textOf(page.root));
    expect([...elementsBelow(page.root)].filter(({ name }) => name === "b")).toHaveLength(2);
  });

  test("are left alone in source code, in tables, and in a text of a million lines", () => {
    expect(breaksIn("<pre><code>if (a)\n  b();\n</code></pre>")).toBe(0);
    expect(breaksIn("<pre><table>\n<tr>\n<td>a\nb</td>\n</tr></table></pre>")).toBe(0);
    expect(breaksIn(`<pre>${"x\n".repeat(1_000_000)}</pre>`)).toBe(0);
  });
});
