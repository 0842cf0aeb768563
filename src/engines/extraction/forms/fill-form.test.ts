import { describe, expect, test } from "vitest";
import type { Page } from "../page/page.ts";
import { parsePage } from "../page/parse-page.ts";
import { fillForm } from "./fill-form.ts";
import type { FormShape } from "./found-form.ts";
import { readForms } from "./read-form.ts";

const pageOf = (html: string): Page =>
  parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url: "https://town.example/search/form" });

const firstForm = (html: string): FormShape => {
  const [form] = readForms(pageOf(html));
  if (!form) throw new Error("no form");
  return form.shape;
};

const sent = (html: string, ...rest: [values?: Record<string, string | string[]>]): (readonly [string, string])[] => [
  ...fillForm(firstForm(html), ...rest).fields,
];

describe("what a browser sends", () => {
  test.each<[string, string, [string, string][]]>([
    ["values as they stand", "<input name=a value=1><input type=hidden name=b value=2>", [["a", "1"], ["b", "2"]]],
    ["no control without a name", "<input value=1><input name='' value=2>", []],
    ["no disabled control", "<input name=a value=1 disabled><fieldset disabled><legend><input name=c value=3></legend><input name=b value=2></fieldset>", [["c", "3"]]],
    ["no unticked box", "<input type=checkbox name=a><input type=checkbox name=b checked><input type=radio name=c value=1><input type=radio name=c value=2 checked>", [["b", "on"], ["c", "2"]]],
    ["the marked choice", "<select name=a><option>x<option selected value=2>y</select>", [["a", "2"]]],
    ["the first choice that is open, where none is marked", "<select name=a><option disabled>x<option> y  z </select>", [["a", "y z"]]],
    ["all marked choices of a list", "<select name=a multiple><option selected>x<option>y<option selected>z</select>", [["a", "x"], ["a", "z"]]],
    ["nothing of a list without a mark", "<select name=a multiple><option>x</select>", []],
    ["text areas with the line ends of the network", "<textarea name=a>\none\ntwo</textarea>", [["a", "one\r\ntwo"]]],
    ["the first button only", "<input name=q><button name=go value=1>Go</button><button name=go value=2>No</button><input type=reset name=r>", [["q", ""], ["go", "1"]]],
    ["the point of a pressed picture", "<input name=q><input type=image name=go src=x.gif>", [["q", ""], ["go.x", "1"], ["go.y", "1"]]],
    ["the point of a nameless picture", "<input type=image src=x.gif>", [["x", "1"], ["y", "1"]]],
    ["no suggestion of a list", "<datalist><input name=no value=1></datalist><input name=a value=1>", [["a", "1"]]],
  ])("%s", (_, controls, entries) => {
    expect(sent(`<form>${controls}</form>`)).toEqual(entries);
  }); // prettier-ignore
});

describe("whose control it is", () => {
  test("a control elsewhere on the page belongs to the form that it names", () => {
    expect(sent("<form id=f><input name=a value=1></form><input form=f name=b value=2><input name=c value=3>")).toEqual(
      [
        ["a", "1"],
        ["b", "2"],
      ],
    );
  });

  test("a form that a table threw out of its place keeps its controls", () => {
    expect(sent("<table><form action=/x><tr><td><input name=a value=1></td></tr></form></table>")).toEqual([
      ["a", "1"],
    ]);
  });

  test("an inner form is none, as for a browser", () => {
    const page = pageOf("<form id=outer><input name=a><form id=inner><input name=b></form><input name=c></form>");

    expect(readForms(page).map(({ shape }) => shape.fields.map(({ name }) => name))).toEqual([["a", "b"]]);
  });
});

describe("filling in", () => {
  const form = "<form method=post action=../run?x=1><input name=user><input type=password name=pass><input type=checkbox name=keep value=yes><select name=kind><option>a<option>b</select><button name=go>Go</button></form>"; // prettier-ignore

  test("new values take the place of the old, in the order of the form", () => {
    expect(sent(form, { pass: "secret", user: "me", keep: "yes", kind: "b", extra: "1" })).toEqual([
      ["user", "me"],
      ["pass", "secret"],
      ["keep", "yes"],
      ["kind", "b"],
      ["go", ""],
      ["extra", "1"],
    ]);
  });

  test("the address and the method are the form's, unless the button says otherwise", () => {
    expect(fillForm(firstForm(form))).toMatchObject({ method: "POST", url: "https://town.example/run?x=1" });
    expect(
      fillForm(firstForm("<form action=/a><button formaction=/b formmethod=post>x</button></form>")),
    ).toMatchObject({ method: "POST", url: "https://town.example/b" });
    expect(fillForm(firstForm("<form><button>x</button></form>"))).toMatchObject({
      method: "GET",
      url: "https://town.example/search/form",
    });
  });

  test("a script presses no button", () => {
    expect(fillForm(firstForm(form), {}, { submitter: null }).fields.map(([name]) => name)).toEqual([
      "user",
      "pass",
      "kind",
    ]);
  });
});
