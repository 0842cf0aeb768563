import { layout, tableOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import { tenders, type Tender } from "./tenders.ts";

/**
 * How the register looks: as learnt; rebuilt with all its values, which can be proven; rebuilt with only title and
 * reference, which a person has to judge.
 */
export type Look = "table" | "redesigned" | "poor";

const COUNT = 12;

const DRAWN: Readonly<Record<Look, (tenders: readonly Tender[]) => string>> = {
  table: tableOf,
  redesigned: (items) => list(items.map((item) => card(item, [item.reference, item.agency, item.closes, item.value]))),
  poor: (items) => list(items.map((item) => card(item, [item.reference]))),
};

/** A register of twelve tenders whose look can be changed between two runs. */
export function changingList(): { handle: SiteHandler; show: (look: Look) => void; count: number } {
  let look: Look = "table";
  const handle: SiteHandler = ({ path }) =>
    path === "/tenders" ? { body: layout("Tenders", DRAWN[look](tenders(COUNT))) } : null;
  return { handle, show: (next) => (look = next), count: COUNT };
}

const list = (items: readonly string[]): string => `<ul class="new">${items.join("")}</ul>`;

const card = ({ title, href }: Tender, values: readonly string[]): string =>
  `<li><strong>${title}</strong> <a href="${href}">papers</a>${values.map((value) => `<div>${value}</div>`).join("")}</li>`;
