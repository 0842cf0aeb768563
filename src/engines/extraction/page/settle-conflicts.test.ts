import { describe, expect, test } from "vitest";
import { decodePage } from "./decode-page.ts";
import { settleConflicts } from "./settle-conflicts.ts";

const settled = (text: string): { text: string; conflicts: number } => {
  const { bytes, conflicts } = settleConflicts(Buffer.from(text));
  return { text: Buffer.from(bytes).toString(), conflicts };
};
const block = (upper: string, lower: string): string =>
  `<<<<<<< HEAD\n${upper}=======\n${lower}>>>>>>> 1a2b3c (Capture)\n`;
const EARLIER = "<!doctype html>\n<ul>\n<li>Earlier</li>\n</ul>\n";
const LATER = "<!doctype html>\n<ol>\n<li>Later</li>\n</ol>\n";

describe("a conflict is read as its lower side", () => {
  test("where the whole page is one", () => {
    expect(settled(`\n${block(EARLIER, LATER)}`)).toEqual({ text: `\n${LATER}`, conflicts: 1 });
  });

  test("where it stands between rows, several times", () => {
    const row = (day: string): string => `<tr><td>${day}</td></tr>\n`;
    const page = `<table>\n${row("1")}${block(row("2"), row("3"))}${row("4")}${block(row("5"), "")}</table>`;

    expect(settled(page)).toEqual({ text: `<table>\n${row("1")}${row("3")}${row("4")}</table>`, conflicts: 2 });
  });

  test("where lines end as on Windows, and nothing follows the last marker", () => {
    const page = block(EARLIER, LATER).trimEnd().replaceAll("\n", "\r\n");

    expect(settled(page)).toEqual({ text: LATER.replaceAll("\n", "\r\n"), conflicts: 1 });
  });

  test("where it says what both sides began with", () => {
    const page = block(`${EARLIER}||||||| merged common ancestors\n<p>Before</p>\n`, LATER);

    expect(settled(page)).toEqual({ text: LATER, conflicts: 1 });
  });

  test("in the encoding that this side declares", () => {
    const koi8 = Buffer.concat([Buffer.from("<meta charset=koi8-r>\n<p>"), Buffer.from([0xf0, 0xd2, 0xc9, 0x0a])]);
    const [start, end] = ["<<<<<<< HEAD\n<meta charset=windows-1252>\n=======\n", ">>>>>>> capture\n"];
    const bytes = Buffer.concat([Buffer.from(start), koi8, Buffer.from(end)]);

    expect(decodePage({ bytes })).toEqual({ text: "<meta charset=koi8-r>\n<p>При\n", charset: "koi8-r", conflicts: 1 });
  });
});

describe("a page stays as it is", () => {
  const lesson = block("<b>mine</b>\n", "<b>theirs</b>\n");

  test.each([
    ["that shows a conflict as it would be typed", `<pre>\n${lesson}</pre>`],
    ["that shows one as code", `<p>Like so:</p><code class="block">\n${lesson}</code>`],
    ["that holds one in a box for writing", `<textarea>\n${lesson}</textarea>`],
    ["that holds one in a script", `<SCRIPT>\nconst lesson = \`\n${lesson}\`;</SCRIPT>`],
    ["that holds one in a comment", `<!--\n${lesson}-->`],
    ["that shows one of plain words", `<div>\n${block("mine\n", "theirs\n")}</div>`],
    ["that breaks its lines by tags", `<p>\n${lesson.replaceAll("\n", "<br>\n")}`],
    ["that writes markers as references", lesson.replaceAll("<<<<<<<", "&lt;&lt;&lt;&lt;&lt;&lt;&lt;")],
    ["whose markers are indented", lesson.replaceAll(/^/gm, "  ")],
    ["whose last marker is missing", `<<<<<<< HEAD\n${EARLIER}=======\n${LATER}`],
    ["whose first marker is missing", `${EARLIER}=======\n${LATER}>>>>>>> capture\n`],
    ["whose markers are out of order", `<<<<<<< HEAD\n${EARLIER}>>>>>>> capture\n${LATER}=======\n`],
    ["whose sides cannot be told apart", block(EARLIER, `=======\n${LATER}`)],
    ["whose conflicts stand in each other", block(block(EARLIER, LATER), LATER)],
  ])("%s", (_, page) => {
    expect(settled(page)).toEqual({ text: page, conflicts: 0 });
  });
});

test("a real conflict behind a lesson is read, the lesson stays", () => {
  const lesson = `<pre>\n${block("<b>mine</b>\n", "<b>theirs</b>\n")}</pre>\n`;

  expect(settled(lesson + block(EARLIER, LATER))).toEqual({ text: lesson + LATER, conflicts: 1 });
});
