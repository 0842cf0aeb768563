import { describe, expect, it } from "vitest";
import { learnPage, type LearnOptions } from "../learn-page.ts";
import { pageOf } from "../testing.ts";
import { parseWish } from "../wish/parse-wish.ts";
import { doubtsAbout } from "./doubts-about.ts";

const row = (at: number): string =>
  `<tr><td>W-2026-${100 + at}</td><td><a href="/w/${at}">Repair of bridge ${at} in the old harbour</a></td><td>1${at} May 2026</td></tr>`;
const table = (count: number): string => `<table>${Array.from({ length: count }, (_, at) => row(at)).join("")}</table>`;
const news = (count: number): string =>
  `<h2>News</h2><ul>${Array.from({ length: count }, (_, at) => `<li><time>${at + 1} March 2026</time> <a href="/n/${at}">Library opens late in week ${at}</a><p>Everybody is welcome, said the mayor to the paper of the town.</p></li>`).join("")}</ul>`;
const tenders = `<h2>Open tenders</h2>${table(8)}`;

const kinds = (html: string, options: LearnOptions = {}): string[] => {
  const page = pageOf(`<main>${html}</main>`);
  return doubtsAbout(page, learnPage(page, options), options.wish ?? null).map(({ kind }) => kind);
};

describe("a list that the analyser found", () => {
  it("is beyond doubt where it says that it holds tenders", () => {
    expect(kinds(tenders)).toEqual([]);
  });

  it("is beyond doubt in other languages, too", () => {
    expect(kinds(tenders.replace("Open tenders", "Öffentliche Ausschreibungen"))).toEqual([]);
    expect(kinds(tenders.replace("Open tenders", "Διαγωνισμοί"))).toEqual([]);
  });

  it("is doubtful where its records are news, dated and linked as they are", () => {
    expect(kinds(news(12))).toEqual(["unlike"]);
  });

  it("is doubtful where it has only two records", () => {
    expect(kinds(`<h2>Open tenders</h2>${table(2)}`)).toContain("few");
  });

  it("is doubtful where another list of the page is as strong", () => {
    expect(kinds(`${tenders}<h2>Planning applications</h2><div>${table(8).replaceAll("W-", "P-")}</div>`)).toContain(
      "rival",
    );
  });

  it("is doubtful where a weaker list says that it holds the tenders", () => {
    expect(kinds(news(20) + tenders)).toEqual(["rival", "unlike"]);
  });

  it("is beyond doubt where a person pointed at it, or it has the columns that were wished for", () => {
    const page = `${tenders}<h2>Planning applications</h2><div>${table(8).replaceAll("W-", "P-")}</div>`;
    expect(kinds(page, { listSelector: "div > table" })).toEqual([]);
    expect(kinds(page, { wish: parseWish("reference, title, date") })).toEqual([]);
  });

  it("is doubtful where a wished column is missing", () => {
    expect(kinds(tenders, { wish: parseWish("reference, title, estimated value") })).toEqual(["missing"]);
  });
});

describe("a list that may be meant as well", () => {
  const page = pageOf(`<main>${news(20)}${tenders}</main>`);

  it("is named with a selector that leads to it", () => {
    const { rivals, notes } = learnPage(page);
    const [rival] = rivals;
    expect(rivals).toHaveLength(1);
    expect(rival).toMatchObject({ count: 8, sample: expect.stringContaining("W-2026-100") });
    expect(notes.join(" ")).toContain(`8 records at "${rival?.selector ?? ""}"`);

    const { extraction } = learnPage(page, { listSelector: rival?.selector ?? "" });
    expect(extraction?.records).toHaveLength(8);
  });

  it("is also found by the one element that holds it", () => {
    const { extraction } = learnPage(page, { listSelector: "main > table" });
    expect(extraction?.records).toHaveLength(8);
  });

  it("is not one that is a menu, a part of the list, or much weaker", () => {
    const menu = `<nav><ul>${["Home", "Council", "Services", "Tenders"].map((name) => `<li><a href="/${name}">${name}</a></li>`).join("")}</ul></nav>`;
    expect(learnPage(pageOf(`${menu}<main>${tenders}</main>`)).rivals).toEqual([]);
    expect(learnPage(pageOf(`<main>${tenders}${news(3)}</main>`)).rivals).toEqual([]);
  });
});
