import { expect, test } from "vitest";
import { readScriptedSubmit } from "./scripted-submit.ts";

test.each([
  ["document.list.page.value='2';document.list.submit();", { page: "2" }, null],
  [
    "document.forms[0].ScrollAction.value='Page 3';document.forms[0].submit();return false;",
    { ScrollAction: "Page 3" },
    null,
  ],
  ["document.forms['f'].elements['from'].value = 20; document.forms['f'].submit()", { from: "20" }, null],
  ["document.getElementById('pg').value='4'; document.getElementById('f').submit()", { pg: "4" }, null],
  ["document.f.action='list.do?page=2';document.f.submit()", {}, "list.do?page=2"],
  ["mojarra.jsfcljs(document.getElementById('f'),{'f:next':'f:next'},'');return false", { "f:next": "f:next" }, null],
])("%s sends a form", (script, fields, action) => {
  expect(readScriptedSubmit({ script })).toEqual({ fields, action });
});

test.each([
  "",
  "document.f.submit()",
  "if (confirm('Delete?')) document.f.submit()",
  "document.f.page.value='2'",
  "count(); document.f.page.value='2'; document.f.submit()",
  "document.f.page.value = next(); document.f.submit()",
])("a script that does something else is not taken for one: %s", (script) => {
  expect(readScriptedSubmit({ script })).toBeNull();
});
