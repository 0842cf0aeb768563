import { describe, expect, test } from "vitest";
import { outlineOf } from "../outline/page-outline.ts";
import { pageOf } from "../testing.ts";
import { verifyEvidence } from "../verify-evidence.ts";
import { collapse, textOf } from "./text-of.ts";

describe("signs that nobody sees", () => {
  test("are no part of a text: soft hyphens, widthless spaces, marks of direction", () => {
    expect(collapse(" Gebäude\u00ADwirtschaft\u200B \u200E 12 ")).toBe("Gebäudewirtschaft 12");
    expect(collapse("\u00AD")).toBe("");
  });

  test("stay where they join letters", () => {
    expect(collapse("می\u200Cخواهم")).toBe("می\u200Cخواهم");
  });

  test.each([
    "<p>Gebäude&shy;wirt&shy;schaft <b>&shy;Nord</b></p>",
    "<p>one <i>&shy;</i> two</p>",
    "<p>one<i>&#8203;</i>two</p>",
    "<p>&shy; one &shy;</p><p>&shy;</p><p>two</p>",
  ])("leave the outline and the text of every node equal: %s", (html) => {
    const page = pageOf(html);
    const outline = outlineOf(page);

    for (const node of outline.elements) expect(outline.textOf(node)).toBe(textOf(node));
  });

  test("are forgiven in a quote, whoever stored it", () => {
    const page = pageOf("<p>Gebäude&shy;wirtschaft</p>");
    const path = "/html[1]/body[1]/p[1]";

    for (const raw of ["Gebäudewirtschaft", "Gebäude\u00ADwirtschaft"])
      expect(verifyEvidence({ page, value: { raw, path } })).toEqual({ ok: true });
    expect(verifyEvidence({ page, value: { raw: "Gebäude wirtschaft", path } }).ok).toBe(false);
  });
});
