import fc from "fast-check";
import { expect, test } from "vitest";
import { indentJson } from "./indent-json.ts";

test("each value gets a line of its own", () => {
  expect(indentJson('{"a":[1,"b: {c}"]}', null).text).toBe('{\n  "a": [\n    1,\n    "b: {c}"\n  ]\n}');
});

test("a stretch stands for the same words as before", () => {
  const source = '{"title":"Road \\"A12\\", lot 1","closes":1767225600}';
  const from = source.indexOf("1767225600");

  const { text, stretch } = indentJson(source, [from, from + 10]);

  expect(text.slice(...(stretch ?? []))).toBe("1767225600");
});

test("whatever is indented says what it said", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(JSON.parse(indentJson(json, null).text)).toEqual(JSON.parse(json));
    }),
  );
});

test("a million open brackets take a moment", () => {
  expect(indentJson("[".repeat(100_000), null).text.length).toBeGreaterThan(100_000);
});
