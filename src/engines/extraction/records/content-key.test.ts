import fc from "fast-check";
import { expect, test } from "vitest";
import { TextWriter } from "../outline/text-writer.ts";
import { collapse } from "../page/text-of.ts";
import { contentKey } from "./content-key.ts";

/** As it is defined: over one text, in lower case. Keys are stored, so they may never change. */
function keyAsDefined(text: string, links: readonly string[]): string {
  const source = `${text.toLowerCase()}\n${links.join("\n")}`;
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let at = 0; at < source.length; at += 1) {
    low = Math.imul(low ^ source.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ (source.charCodeAt(at) + (low >>> 16)), 0x01000193);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

const cased = fc.constantFrom("ΣΑΣ", "İzmir", "ǅ", "𐐀", "ẞ", "Ⅻ", "Ⓐ", "ª º µ", "€ 5", "A-Z", "ÀÖØÞ", "ſK", "…—™");
const text = fc.array(fc.oneof(cased, fc.string({ unit: "binary" })), { maxLength: 6 }).map((parts) => parts.join(" "));
const link = fc.constantFrom("https://a.example/", "https://a.example/t/1?page=2", "mailto:a@a.example");

test("is the same as over one text in lower case", () => {
  fc.assert(
    fc.property(text, fc.array(link, { maxLength: 3 }), (words, links) => {
      expect(contentKey(words, links)).toBe(keyAsDefined(words, links));
    }),
    { numRuns: 2000 },
  );
});

test("no sign that is taken for one without case has two", () => {
  for (let code = 0x80; code <= 0x20cf; code += 1)
    if (code <= 0xbf || code >= 0x2000) expect(String.fromCharCode(code).toLowerCase()).toBe(String.fromCharCode(code));
});

test.each([
  ["https://a.example/t?id=3&jsessionid=AB12", "https://a.example/t?id=3&jsessionid=CD34"],
  ["https://a.example/t;jsessionid=1?id=3", "https://a.example/t;jsessionid=2?id=3"],
  ["https://a.example/t?utm_source=x&id=3", "https://a.example/t?utm_source=y&id=3"],
])("leaves out what belongs to a visit: %s", (one, other) => {
  expect(contentKey("Works", [one])).toBe(contentKey("Works", [other]));
  expect(contentKey("Works", [one])).not.toBe(contentKey("Works", [one.replace("id=3", "id=4").replace("/t;", "/u;")]));
});

test("visible text is given with its whitespace collapsed, whatever it was written from", () => {
  const piece = fc.oneof(
    fc.constantFrom(" ", "\u00a0", "\u00ad", "\ufeff", "\u200b", "\n", "a"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 5 }), { maxLength: 5 }), (blocks) => {
      const writer = new TextWriter(null);
      for (const pieces of blocks) {
        writer.break();
        for (const one of pieces) writer.write(one);
      }
      expect(collapse(writer.text)).toBe(writer.text);
    }),
    { numRuns: 2000 },
  );
});
