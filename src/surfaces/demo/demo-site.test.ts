import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoSite, type DemoSite } from "./demo-site.ts";

let site: DemoSite;
beforeAll(async () => {
  site = await startDemoSite();
});
afterAll(() => site.close());

test("three list pages name every tender once", async () => {
  const pages = await Promise.all([1, 2, 3].map(async (page) => (await fetch(`${site.listUrl}?page=${page}`)).text()));
  const links = pages.flatMap((page) => [...page.matchAll(/href="\/tenders\/(PM-[^"]+)"/g)].map((match) => match[1]));

  expect(links).toEqual(site.tenders.map(({ reference }) => reference));
  expect(new Set(links).size).toBe(27);
  expect(pages[0]).toContain("Showing 1–10 of 27 tenders");
  expect(pages[2]).not.toContain('rel="next"');
});

test("there is no fourth page", async () => {
  expect((await fetch(`${site.listUrl}?page=4`)).status).toBe(404);
  expect((await fetch(`${site.listUrl}?page=x`)).status).toBe(404);
});

test("a tender has a page with contact and documents", async () => {
  const [tender] = site.tenders;
  const page = await (await fetch(`${site.url}/tenders/${tender?.reference}`)).text();

  expect(page).toContain(tender?.contact.email);
  for (const document of tender?.documents ?? []) {
    const answer = await fetch(`${site.url}/documents/${document.file}`);
    expect(answer.status).toBe(200);
    expect((await answer.text()).startsWith(document.file.endsWith(".pdf") ? "%PDF-1.4" : (tender?.title ?? "?"))).toBe(
      true,
    );
  }
});

test("an unchanged page is answered with 304", async () => {
  const first = await fetch(site.listUrl);
  const again = await fetch(site.listUrl, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });

  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

test("the trap leads on for ever and is forbidden to robots", async () => {
  const page = await (await fetch(`${site.url}/calendar/2026-12`)).text();
  const robots = await (await fetch(`${site.url}/robots.txt`)).text();

  expect(page).toContain("/calendar/2027-01");
  expect(robots).toContain("Disallow: /calendar");
});
