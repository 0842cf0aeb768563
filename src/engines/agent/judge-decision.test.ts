import { describe, expect, it } from "vitest";
import { numberPage, parsePage } from "#engines/extraction";
import { agentInputs } from "./agent-input.ts";
import { judgeDecision } from "./judge-decision.ts";
import type { Decision } from "./decision.ts";
import type { Screen } from "./screen.ts";
import { NOTHING } from "./testing.ts";

const PAGE = `<a href="/open">Open tenders</a>
<form role="search" action="/find"><input type="search" name="q"><label>Published from <input name="d1" placeholder="dd.mm.yyyy"></label><select name="s"><option>any</option><option value="o">open</option></select><button>Search</button></form>
<form method="post" action="/login"><input name="user"><input type="password" name="password"><button>Log in</button></form>
<form method="post" action="/contact"><input name="name"><input type="email" name="mail"><textarea name="message"></textarea><button>Send</button></form>
<form method="post"><input type="hidden" name="__VIEWSTATE" value="x"><table><tr><td>Row</td></tr></table><input type="submit" name="pager" value="2"></form>
<button type="button">Delete my account</button>`;

const screen = screenOf(PAGE);
const inputs = agentInputs(
  {
    inputs: [
      { name: "q", value: "roads" },
      { name: "from", value: "today-30d" },
    ],
  },
  new Date("2026-03-31T12:00:00Z"),
);
const judge = (decision: Partial<Decision>) =>
  judgeDecision({ ...NOTHING, ...decision }, screen, { inputs, fieldNames: ["title", "closingDate"] });

describe("a decision", () => {
  it("may follow a link and send a search", () => {
    expect(judge({ action: "click", node: idOf("Open tenders") })).toMatchObject({
      ok: true,
      intent: { mayPost: false },
    });
    expect(judge({ action: "click", node: idOf("Search") })).toMatchObject({ ok: true, intent: { mayPost: true } });
  });

  it("may turn the pages of a grid that is one form", () => {
    expect(judge({ action: "click", node: idOf("2") })).toMatchObject({ ok: true, intent: { mayPost: true } });
  });

  it.each(["Log in", "Send", "Delete my account"])("may not press %s", (label) => {
    expect(judge({ action: "click", node: idOf(label) })).toMatchObject({ ok: false });
  });

  it("writes only what is among the inputs, and only into a search", () => {
    const query = idOfType("search");
    expect(judge({ action: "fill", node: query, choice: 1 })).toMatchObject({ ok: true, intent: { value: "roads" } });
    expect(judge({ action: "fill", node: query, choice: 3 })).toMatchObject({ ok: false });
    expect(judge({ action: "fill", node: idOfType("password"), choice: 1 })).toMatchObject({ ok: false });
    expect(judge({ action: "fill", node: idOfType("email"), choice: 1 })).toMatchObject({ ok: false });
  });

  it("writes a date as its field wants it", () => {
    const { id: field = 0 } =
      [...screen.numbered.nodes.values()].find(
        ({ kind, label }) => kind === "field" && label.startsWith("Published"),
      ) ?? {};
    expect(judge({ action: "fill", node: field, choice: 2 })).toMatchObject({
      ok: true,
      intent: { value: "01.03.2026", input: { name: "from", type: "date", value: "today-30d", format: "dd.MM.yyyy" } },
    });
  });

  it("chooses an option by its position", () => {
    const node = [...screen.numbered.nodes.values()].find(({ kind }) => kind === "select")?.id ?? 0;
    expect(judge({ action: "select", node, choice: 2 })).toMatchObject({ ok: true, intent: { value: "o" } });
    expect(judge({ action: "select", node, choice: 3 })).toMatchObject({ ok: false });
  });

  it("names only fields that there are, and points only at what was shown", () => {
    const record = idOf("Row");
    const fields = [
      { name: "title", node: record, link: false },
      { name: "price is 5", node: record, link: false },
      { name: "closingDate", node: 900, link: false },
    ];
    expect(judge({ action: "extract", record, fields })).toMatchObject({
      ok: true,
      intent: { fields: [{ name: "title" }] },
      refused: ["price is 5: there is no field of that name", "closingDate: there is no number 900"],
    });
    expect(judge({ action: "extract", record: 901, fields })).toMatchObject({ ok: false });
    expect(judge({ action: "extract", record, fields: fields.slice(1) })).toMatchObject({ ok: false });
  });
});

function screenOf(html: string): Screen {
  const bytes = new TextEncoder().encode(html);
  const page = parsePage({ bytes, url: "https://portal.example/" });
  return { url: "https://portal.example/", status: 200, bytes, page, numbered: numberPage(page), mark: "1" };
}

function idOf(label: string): number {
  return [...screen.numbered.nodes.values()].find((node) => node.label === label)?.id ?? 0;
}

function idOfType(type: string): number {
  return [...screen.numbered.nodes.values()].find((node) => node.type === type)?.id ?? 0;
}
