import { expect, test } from "vitest";
import type { ListHints } from "#engines/harvest";
import { layout, tableOf } from "../sites/layout.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { pageOf, tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();

const [COUNT, SIZE] = [24, 8];

/** A register whose way on says nothing that anybody would know: only who works there can tell. */
const oddPager: SiteHandler = ({ path, query }) => {
  if (path !== "/tenders") return null;
  const part = Number(query.get("blatt") ?? "1");
  const on = part * SIZE < COUNT ? `<a class="hop" href="/tenders?blatt=${part + 1}">hopp hopp</a>` : "";
  return { body: layout("Tenders", `${tableOf(pageOf(tenders(COUNT), part, SIZE))}${on}`) };
};

test("a way on that only a person knows is followed where they point at it", async () => {
  const { url, host } = await serve(oddPager);
  const request = { url: `${url}/tenders`, allowHosts: [host] };

  expect(await harvester.harvest(request)).toMatchObject({ recordCount: SIZE });
  expect(await harvester.harvest({ ...request, nextSelector: "a.hop" })).toMatchObject({
    recordCount: COUNT,
    pages: 3,
  });
});

test("a way on that is not there is told, and looked for elsewhere", async () => {
  const { url, host } = await serve(oddPager);

  const { recipe, notes } = await harvester.learn({
    url: `${url}/tenders`,
    allowHosts: [host],
    nextSelector: "a.no-such-thing",
  });

  expect(recipe).not.toBeNull();
  expect(notes.join(" ")).toContain('Nothing that leads on stands at "a.no-such-thing"');
});

test("hints that fit nothing are told: a list that goes on otherwise, a link that is none", async () => {
  const { url, host } = await serve(oddPager);
  const told = async (hints: ListHints) =>
    (await harvester.learn({ url: `${url}/tenders`, allowHosts: [host], transport: "http", ...hints })).notes.join(" ");

  expect(await told({ goesOn: "scroll" })).toContain("said to go on by scrolling; the page shows no way on");
  expect(await told({ goesOn: "pages", nextSelector: "a.hop" })).not.toContain("said to go on");
  expect(await told({ detailSelector: "a.no-such-thing" })).toContain('No link stands at "a.no-such-thing"');
  expect(await told({ detailSelector: "a.hop" })).toContain("is no column of the list");
  expect(await told({ detailSelector: "table.tenders a" })).not.toContain("detailLinkSelector");
});

/** Each row leads to a short summary, and beside it to the notice itself. */
const twoLinks: SiteHandler = ({ path }) => {
  const rows = tenders(6);
  if (path === "/tenders") {
    const cells = rows.map(
      ({ reference, title, href, closes }) =>
        `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${closes}</td><td><a class="full" href="/notice/${reference}">Full notice</a></td></tr>`,
    );
    return {
      body: layout(
        "Tenders",
        `<table><tr><th>No.</th><th>Title</th><th>Closes</th><th>Notice</th></tr>${cells.join("")}</table>`,
      ),
    };
  }
  const one = rows.find(({ reference, href }) => path === href || path === `/notice/${reference}`);
  if (!one) return null;
  const contact = `<dt>Contact</dt><dd>${one.reference.toLowerCase()}@exampleton.example</dd>`;
  return {
    body: layout(one.title, `<dl><dt>Closing date</dt><dd>${one.closes}</dd>${path === one.href ? "" : contact}</dl>`),
  };
};

test("of two links of a record the one that a person pointed at is its own page, and is read", async () => {
  const site = await serve(twoLinks);
  const request = { url: `${site.url}/tenders`, allowHosts: [site.host], details: true, transport: "http" } as const;
  const { run, recipe } = await harvester.harvest({ ...request, detailSelector: "a.full" });
  const [record] = await recordsOf(run);
  const again = await harvester.harvest({
    recipeId: (await harvester.runs.get(run)).recipeId ?? "",
    allowHosts: [site.host],
    details: true,
  });

  expect(recipe?.detail?.link).toBe("detailUrl");
  expect(record?.fields["detailUrl"]).toBe(`${site.url}/notice/${tenders(1)[0]?.reference}`);
  expect(Object.values(record?.detail?.fields ?? {})).toContain("t-2026-1000@exampleton.example");
  expect((await recordsOf(again.run))[0]?.detail?.url).toBe(record?.fields["detailUrl"]);
  expect((await harvester.verify(run)).failed).toEqual([]);
});
