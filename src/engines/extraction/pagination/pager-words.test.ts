import { describe, expect, test } from "vitest";
import { readPagerLabel } from "./pager-words.ts";

describe("labels of pagers", () => {
  test.each([
    ["Next", "next"],
    ["Next page »", "next"],
    ["Next page 31 - 60", "next"],
    ["Nächste Seite", "next"],
    ["Siguiente >", "next"],
    ["page suivante", "next"],
    ["Следующая страница", "next"],
    ["次のページ", "next"],
    ["下一页", "next"],
    ["التالي", "next"],
    ["« Previous", "prev"],
    ["Zurück", "prev"],
    ["上一页", "prev"],
    ["Letzte Seite", "last"],
    ["Load more", "more"],
    ["Mehr anzeigen", "more"],
  ])("%s says %s", (label, word) => {
    expect(readPagerLabel(label).word).toBe(word);
  });

  test.each([
    ["Next generation networks"],
    ["What comes next for the city council of Springfield"],
    ["Weiterbildung"],
    ["Context"],
  ])("%s says nothing to a pager", (label) => {
    expect(readPagerLabel(label).word).toBeNull();
  });

  test.each([
    [">", "right"],
    ["›", "right"],
    ["»", "right"],
    [">>", "far-right"],
    [">|", "far-right"],
    ["<", "left"],
    ["← Older posts", "left"],
  ])("%s points %s", (label, arrow) => {
    expect(readPagerLabel(label).arrow).toBe(arrow);
  });

  test.each([
    ["3", 3],
    ["[3]", 3],
    ["Page 3", 3],
    ["Seite 12", 12],
    ["Room 3", null],
    ["3 bids", null],
  ])("%s is page number %s", (label, number) => {
    expect(readPagerLabel(label).number).toBe(number);
  });
});
