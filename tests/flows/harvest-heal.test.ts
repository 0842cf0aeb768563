import { expect, test } from "vitest";
import { detailedList } from "../sites/detailed-list.ts";
import { layout, tableOf } from "../sites/layout.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { tenders, type Tender } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();

type Look = "table" | "redesigned" | "strange" | "empty";

const COUNT = 12;
const rowsOf = (tender: Tender): string =>
  `<li class="notice"><div><strong>${tender.title}</strong> <a href="${tender.href}">papers</a></div><div>${tender.reference}</div><div>${tender.agency}</div><div>${tender.closes}</div><div>${tender.value}</div></li>`;

/** A register whose look can be changed between two runs. */
function changingRegister(): { handle: SiteHandler; show: (look: Look) => void } {
  let look: Look = "table";
  const main = (): string => {
    if (look === "table") return tableOf(tenders(COUNT));
    if (look === "redesigned") return `<ul class="notices">${tenders(COUNT).map(rowsOf).join("")}</ul>`;
    if (look === "strange")
      return `<ul class="notices">${tenders(COUNT * 9)
        .slice(COUNT * 8)
        .map(rowsOf)
        .join("")}</ul>`;
    return "<p>We are moving. Come back soon.</p>";
  };
  return {
    handle: ({ path }) => (path === "/tenders" ? { body: layout("Tenders", main()) } : null),
    show: (next) => (look = next),
  };
}

async function learnt() {
  const register = changingRegister();
  const site = await serve(register.handle);
  const allowHosts = [site.host];
  const { recipeId, run } = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts });
  return { register, allowHosts, recipeId: recipeId ?? "", run };
}

const references = (records: readonly { text: string }[]) => records.map(({ text }) => /T-2026-\d+/.exec(text)?.[0]);

test("a page that did not change is well, and nothing is written", async () => {
  const { recipeId, allowHosts } = await learnt();

  expect(await harvester.heal({ recipeId, allowHosts })).toMatchObject({ kind: "well", recipe: { version: 1 } });
  expect(await harvester.recipes.versions(recipeId)).toHaveLength(1);
});

test("a redesigned page heals the recipe, with the proof in the ledger, and the next run brings the same values", async () => {
  const { register, recipeId, allowHosts, run } = await learnt();
  const before = await recordsOf(run);
  register.show("redesigned");

  const outcome = await harvester.heal({ recipeId, allowHosts });

  expect(outcome).toMatchObject({ kind: "healed", recipe: { version: 2, origin: "healed" } });
  const [event] = (await harvester.recipes.events(recipeId)).filter(({ kind }) => kind === "healed");
  expect(event?.body).toMatchObject({ from: 1, to: 2, proof: { paired: COUNT, known: COUNT, agreement: 1 } });
  const again = await harvester.harvest({ recipeId, allowHosts });
  const after = await recordsOf(again.run);
  expect(references(after)).toEqual(references(before));
  for (const [at, record] of after.entries()) expect(before[at]?.fields).toMatchObject(record.fields);
  expect((await harvester.verify(again.run)).ok).toBe(true);
  expect((await harvester.verify(run)).ok).toBe(true);
});

test.each(["strange", "empty"] as const)("a %s page changes nothing and waits for a person", async (look) => {
  const { register, recipeId, allowHosts } = await learnt();
  register.show(look);

  const outcome = await harvester.heal({ recipeId, allowHosts });

  expect(outcome).toMatchObject({ kind: "unsure", before: { version: 1 } });
  expect(await harvester.recipes.versions(recipeId)).toHaveLength(1);
  const [event] = (await harvester.recipes.events(recipeId)).filter(({ kind }) => kind === "heal_refused");
  expect(event?.body["reasons"]).not.toEqual([]);
  expect(event?.body["artifact"]).toMatch(/^[0-9a-f]{64}$/);
});

test("detail pages that lost a field are told: the run is not complete, and the recipe stays until somebody learns it anew", async () => {
  const list = detailedList({ count: 6, size: 6 });
  let isChanged = false;
  const site = await serve((request) => {
    const answer = list(request);
    if (!isChanged || request.path === "/tenders" || typeof answer?.body !== "string") return answer;
    return { ...answer, body: answer.body.replace(/<dt>Contact<\/dt><dd>.*?<\/dd>/, "") };
  });
  const allowHosts = [site.host];
  const first = await harvester.harvest({ url: `${site.url}/tenders`, details: true, allowHosts });
  const request = { recipeId: first.recipeId ?? "", details: true, allowHosts };
  expect(await harvester.harvest(request)).toMatchObject({ completeness: { state: "complete" }, alarms: [] });
  isChanged = true;

  const result = await harvester.harvest(request);

  expect(result).toMatchObject({ recordCount: 6, completeness: { state: "unknown" } });
  expect(result.alarms).toMatchObject([{ kind: "drift", message: expect.stringContaining("None of 6 detail pages") }]);
  expect(await harvester.heal({ recipeId: request.recipeId, runId: result.run, allowHosts })).toMatchObject({
    kind: "well",
    recipe: { version: 1 },
  });
});
