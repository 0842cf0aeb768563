// The floor of what a browser costs: one page of bare Playwright that goes from address to address and hands out its HTML.
import { chromium } from "playwright";
import { asked } from "../measure.mjs";
import { readRows } from "./read-rows.mjs";

const { addresses, browserPath } = await asked();
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(addresses[0]);
let records = 0;
const began = performance.now();
for (const address of addresses) {
  await page.goto(address, { waitUntil: "load" });
  const html = await page.content();
  if (html.length > 0) records += (await page.evaluate(readRows)).length;
}
const ms = performance.now() - began;
await browser.close();
console.log(JSON.stringify({ pages: addresses.length, records, ms }));
