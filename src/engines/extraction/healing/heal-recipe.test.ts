import { describe, expect, it } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { learnPage } from "../learn-page.ts";
import { pageOf } from "../testing.ts";
import type { Recipe } from "../recipe.ts";
import type { KnownGood } from "./heal-proof.ts";
import { healRecipe } from "./heal-recipe.ts";

interface Lot {
  readonly reference: string;
  readonly title: string;
  readonly buyer: string;
  readonly closes: string;
}

const WORKS = [
  "Repair of the pier",
  "Meals for schools",
  "Survey of bridges",
  "Lamps for streets",
  "Cleaning of halls",
  "Salt for roads",
];
const BUYERS = ["Harbour Board", "Education Office", "Roads Office"];
const lots = (from: number, count: number): Lot[] =>
  Array.from({ length: count }, (_, at) => from + at).map((n) => ({
    reference: `LOT-2026-${1000 + n * 3}`,
    title: `${WORKS[n % WORKS.length]}, part ${n}`,
    buyer: BUYERS[n % BUYERS.length] ?? "",
    closes: `2027-0${(n % 9) + 1}-1${n % 10}`,
  }));

const THEN = lots(1, 12);
/** Three were closed since, three are new. */
const NOW = lots(4, 12);

type Look = (lots: readonly Lot[]) => string;
const page = (main: string): string =>
  `<nav><a href="/">Home</a> <a href="/about">About</a></nav><main>${main}</main><footer>Office of works</footer>`;
const link = ({ reference, title }: Lot): string => `<a href="/lots/${reference.toLowerCase()}">${title}</a>`;

const LOOKS: Readonly<Record<string, Look>> = {
  table: (all) =>
    `<table class="lots"><thead><tr><th>Reference</th><th>Title</th><th>Buyer</th><th>Closing date</th></tr></thead><tbody>${all
      .map(
        (lot) =>
          `<tr><td class="ref">${lot.reference}</td><td class="name">${link(lot)}</td><td class="buyer">${lot.buyer}</td><td class="due">${lot.closes}</td></tr>`,
      )
      .join("")}</tbody></table>`,
  plain: (all) =>
    `<table>${all.map((lot) => `<tr><td>${lot.reference}</td><td>${link(lot)}</td><td>${lot.buyer}</td><td>${lot.closes}</td></tr>`).join("")}</table>`,
  cards: (all) =>
    `<div class="grid">${all
      .map(
        (lot) =>
          `<article class="card"><h3>${link(lot)}</h3><p class="ref">${lot.reference}</p><p class="buyer">${lot.buyer}</p><time datetime="${lot.closes}">${lot.closes}</time></article>`,
      )
      .join("")}</div>`,
  labelled: (all) =>
    `<ul class="items">${all
      .map(
        (lot) => `<li>${link(lot)}<br>Reference: ${lot.reference}<br>Buyer: ${lot.buyer}<br>Closes: ${lot.closes}</li>`,
      )
      .join("")}</ul>`,
  definitions: (all) =>
    all
      .map(
        (lot) =>
          `<div class="entry"><h4>${link(lot)}</h4><dl><dt>Reference</dt><dd>${lot.reference}</dd><dt>Buyer</dt><dd>${lot.buyer}</dd><dt>Closing date</dt><dd>${lot.closes}</dd></dl></div>`,
      )
      .join(""),
  rows: (all) =>
    `<section>${all
      .map(
        (lot) =>
          `<div class="row"><span class="c1">${lot.reference}</span><span class="c2">${link(lot)}</span><span class="c3">${lot.buyer}</span><span class="c4">${lot.closes}</span></div>`,
      )
      .join("")}</section>`,
};

/** What happens to a page between two visits. `person`: it may well wait for one. */
const CHANGES: Readonly<
  Record<string, { readonly change: (look: Look, all: readonly Lot[]) => string; readonly mayAsk?: true }>
> = {
  "classes are renamed": {
    change: (look, all) =>
      look(all).replace(/class="([^"]+)"/g, (_, name: string) => `class="x-${[...name].reverse().join("")}"`),
  },
  "everything is wrapped": { change: (look, all) => `<div class="outer"><div class="inner">${look(all)}</div></div>` },
  "an announcement stands before the list": {
    change: (look, all) =>
      `<div class="note"><h2>Please note</h2><p>The office is closed on Monday 2027-01-04.</p></div>${look(all)}`,
  },
  "classes are gone": { change: (look, all) => look(all).replace(/ class="[^"]+"/g, "") },
  "tags are others": {
    change: (look, all) =>
      look(all)
        .replace(/<(\/?)(section|ul)\b/g, "<$1div")
        .replace(/<(\/?)(span|p)\b/g, "<$1strong"),
  },
  "the page is redesigned as cards": {
    change: (look, all) => (look === LOOKS["cards"] ? LOOKS["table"] : LOOKS["cards"])?.(all) ?? "",
  },
  "the page is redesigned as a list": {
    change: (look, all) => (look === LOOKS["labelled"] ? LOOKS["rows"] : LOOKS["labelled"])?.(all) ?? "",
  },
  "the buyer is gone": { change: (look, all) => look(all.map((lot) => ({ ...lot, buyer: "" }))), mayAsk: true },
  "a twin list with other words stands first": {
    change: (look, all) =>
      `<h2>Archive</h2>${look(all.map((lot) => ({ ...lot, closes: "2019-01-01", reference: `OLD-${lot.reference}` })))}<h2>Open</h2>${look(all)}`,
    mayAsk: true,
  },
};

const cases = Object.keys(LOOKS).flatMap((look) => Object.keys(CHANGES).map((change) => [look, change] as const));

describe("a recipe whose page has changed", () => {
  const tally = { healed: 0, asked: 0 };

  it.each(cases)("of a %s where %s is healed rightly or waits for a person", (lookName, changeName) => {
    const look = LOOKS[lookName] ?? LOOKS["table"]!;
    const { change } = CHANGES[changeName]!;
    const { recipe, good } = learnt(look);
    const changed = pageOf(page(change(look, NOW)));

    const healing = healRecipe(recipe, changed, [good]);

    if (healing.kind === "unsure") {
      tally.asked += 1;
      expect(healing.reasons.length).toBeGreaterThan(0);
      return;
    }
    tally.healed += 1;
    const again = applyRecipe(healing.recipe, changed).records;
    const isBuyerGone = changeName === "the buyer is gone";
    for (const name of healing.proof.kept) {
      const truth = NOW.map((lot) => truthOf(recipe, good, name, lot));
      if (!isBuyerGone) expect(again.map(({ fields }) => fields[name]?.value)).toEqual(truth);
    }
    expect(again).toHaveLength(NOW.length);
    expect(applyRecipe(healing.recipe, good.page).records.map(({ key }) => key)).toEqual(
      good.records.map(({ key }) => key),
    );
  });

  it("is healed without a person in four of five cases", () => {
    expect(tally.healed + tally.asked).toBe(cases.length);
    expect(tally.healed / cases.length).toBeGreaterThanOrEqual(0.8);
  });

  it("is not healed by a page with other records: nothing proves them", () => {
    const { recipe, good } = learnt(LOOKS["table"]!);
    const healing = healRecipe(recipe, pageOf(page(LOOKS["cards"]?.(lots(400, 12)) ?? "")), [good]);
    expect(healing.kind).toBe("unsure");
  });

  it("is not healed where known records now have other values", () => {
    const { recipe, good } = learnt(LOOKS["table"]!);
    const swapped = NOW.map((lot, at) => ({
      ...lot,
      buyer: NOW[(at + 1) % NOW.length]?.buyer ?? "",
      closes: NOW[(at + 5) % NOW.length]?.closes ?? "",
    }));
    const healing = healRecipe(recipe, pageOf(page(LOOKS["cards"]?.(swapped) ?? "")), [good]);
    expect(healing.kind).toBe("unsure");
  });
});

function learnt(look: Look): { recipe: Recipe; good: KnownGood } {
  const then = pageOf(page(look(THEN)));
  const { recipe, extraction } = learnPage(then);
  if (!recipe || !extraction) throw new Error("nothing was learnt");
  return { recipe, good: { page: then, records: extraction.records } };
}

/** What a field of the recipe holds for a lot: told by the lot whose record is known. */
function truthOf(recipe: Recipe, { records }: KnownGood, name: string, lot: Lot): string | undefined {
  const known = records[0]?.fields[name]?.value ?? "";
  const [first] = THEN;
  if (!first) return undefined;
  const key = (Object.keys(first) as (keyof Lot)[]).find((one) => known === first[one]);
  return key ? lot[key] : known.replace(first.reference.toLowerCase(), lot.reference.toLowerCase());
}
