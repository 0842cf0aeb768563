// Run after adding or changing an error: writes docs/guides/errors.md from every errors.ts (`npm run error-guide`).
import { globSync, readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { statusOf } from "../src/surfaces/api/error-status.ts";

const sources = globSync("src/**/*errors.ts").filter((file) => !file.endsWith(".test.ts"));
const rows = sources
  .flatMap((file) => errorsOf(file))
  .sort((a, b) => (a.module === b.module ? a.code.localeCompare(b.code) : a.module.localeCompare(b.module)));

const sections = [...new Set(rows.map(({ module }) => module))].map((module) => {
  const own = rows.filter((row) => row.module === module);
  const lines = own.map(
    ({ code, kind, message }) => `| \`${code}\` | ${kind} | ${statusOf({ code, kind }) ?? ""} | ${message} |`,
  );
  return [`## ${module}`, "", "| code | kind | HTTP | what it says |", "|---|---|---|---|", ...lines, ""].join("\n");
});

writeFileSync("docs/guides/errors.md", `${intro()}\n${sections.join("\n")}`);

function intro() {
  return [
    "# Errors",
    "",
    "Every refusal has a stable code, says what was wrong, and what to do next. The API answers",
    '`{"error":{"code","message","details"}}`; the command line prints the message and the code on standard error.',
    "The kind decides the HTTP status; only `unavailable` is worth trying again unchanged.",
    "`…` stands for what differs from case to case. Written from the source by `npm run error-guide`.",
    "",
  ].join("\n");
}

function errorsOf(file) {
  const module = file
    .split("/")
    .slice(1, file.startsWith("src/kernel") || file.startsWith("src/app") ? 2 : 3)
    .join("/");
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = [];
  visit(tree);
  return found;

  function visit(node) {
    if (ts.isObjectLiteralExpression(node)) {
      const code = property(node, "code");
      if (code !== null && /^[a-z_]+$/.test(code)) {
        found.push({ module, code, kind: property(node, "kind") ?? "", message: property(node, "message") ?? "" });
      }
    }
    ts.forEachChild(node, visit);
  }
}

function property(object, name) {
  const assigned = object.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === name);
  return assigned ? plain(assigned.initializer) : null;
}

/** The text of a literal; what is filled in at run time becomes `…`, and of two alternatives both stand. */
function plain(node) {
  if (ts.isStringLiteralLike(node)) return node.text.replaceAll("|", "\\|");
  if (ts.isTemplateExpression(node)) {
    return (node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join("")).replaceAll("|", "\\|");
  }
  if (ts.isConditionalExpression(node)) return `${plain(node.whenTrue)} / ${plain(node.whenFalse)}`;
  if (ts.isBinaryExpression(node)) return `${plain(node.left)}${plain(node.right)}`;
  return "…";
}
