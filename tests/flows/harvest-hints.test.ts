import { expect, test } from "vitest";
import { layout, tableOf } from "../sites/layout.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { pageOf, tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve } = await useHarvester();

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
