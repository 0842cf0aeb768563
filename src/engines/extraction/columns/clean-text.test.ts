import { expect, test } from "vitest";
import { trimDecoration } from "./clean-text.ts";

const clean = (text: string): string => {
  const { start, end } = trimDecoration(text);
  return text.slice(start, end);
};

test.each([
  [", 119791", "119791"],
  ["22-0282/AR (", "22-0282/AR"],
  ["(Parish of St. Mary)", "Parish of St. Mary"],
  ["Agenda –", "Agenda"],
  ["| 12 May 2024 |", "12 May 2024"],
  ["1581(c)", "1581(c)"],
  ["Acme Corp.", "Acme Corp."],
  ["-5 %", "-5 %"],
  ["…", "…"],
])("%j is %j without what only parts it from its neighbours", (text, expected) => {
  expect(clean(text)).toBe(expected);
});
