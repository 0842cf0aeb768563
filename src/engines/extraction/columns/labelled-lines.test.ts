import { expect, test } from "vitest";
import { outlineOf } from "../outline/page-outline.ts";
import { pageOf } from "../testing.ts";
import { labelledIn, labelKey } from "./labelled-lines.ts";

function labelled(html: string): Record<string, string> {
  const outline = outlineOf(pageOf(html));
  const found = labelledIn(outline, [0, outline.text.length]);
  return Object.fromEntries(found.map(({ label, span }) => [label, outline.text.slice(...span)]));
}

test("a value stands after its label on the same line, or on the next", () => {
  expect(labelled("<p>Closing: 12 May 2024</p><p>Buyer:</p><p>City of Lund</p><p><b>Case #:</b> A-1</p>")).toEqual({
    closing: "12 May 2024",
    buyer: "City of Lund",
    "case #": "A-1",
  });
});

test("a label without a value takes no other label for one", () => {
  expect(labelled("<p>Fax:</p><p>Phone: 123</p>")).toEqual({ phone: "123" });
});

test("times and long sentences are no labels", () => {
  expect(
    labelled("<p>12:30 in the hall</p><p>The committee that was elected last year decided as follows: nothing</p>"),
  ).toEqual({});
});

test("labels are compared without case and marks", () => {
  expect(labelKey("Closing  Date*")).toBe(labelKey("closing date"));
});
