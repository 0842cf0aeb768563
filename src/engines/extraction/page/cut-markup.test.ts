import { expect, test } from "vitest";
import { isCut } from "./cut-markup.ts";

const table = "<table><tr><td>One<tr><td>Two</table>";

test.each([
  ["a closed document", `<html><body>${table}</body></html>`, false],
  ["a document that leaves its end tags away", `<!doctype html><title>T</title><p>a<p>b${table}`, false],
  ["a document with one box that nobody closed", `<div>${table}<p>b`, false],
  ["a remark of the server behind the end", `<body><div><div>${table}</body></html><!-- 0.2 s -->`, false],
  ["an empty page", " ", false],
  ["the middle of a table", "<body><div><table><tbody><tr><td>One</td>", true],
  ["the middle of a tag", `<body><div>${table}<a href="/one`, true],
])("%s is judged by its end", (_, html, cut) => {
  expect(isCut(html)).toBe(cut);
});
