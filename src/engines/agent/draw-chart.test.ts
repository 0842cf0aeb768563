import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { drawChart } from "./draw-chart.ts";

it("the README shows the chart as the code has it", () => {
  const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
  expect(readme).toContain(drawChart());
});
