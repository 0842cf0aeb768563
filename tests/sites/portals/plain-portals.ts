import { LIST, designedSite, type Design, type Paging } from "../designed-site.ts";
import { cardLook, fieldLook, gridLook, lineLook, pairLook, plainTableLook, tableLook, type Look } from "../looks.ts";
import { ALL_PARTS, notices, trueRecord } from "../notices.ts";
import type { Portal } from "../portal.ts";
import { appShell, blogShell, designShell, officeShell, oldShell, type Shell } from "../shells.ts";
import { AMERICAN, BRITISH, DUTCH, FRENCH, GERMAN, ITALIAN, SPANISH, type Tongue } from "../tongues.ts";

interface Plan {
  readonly kind: string;
  readonly tongue: Tongue;
  readonly shell: Shell;
  readonly look: Look;
  readonly paging: Paging;
  readonly count: number;
  readonly size?: number;
  readonly total?: boolean;
  /** `unknown`: a page of as many records as pages are cut to, and nothing that tells how many there are. Default `complete`. */
  readonly completeness?: "unknown";
}

/** A portal whose pages hold their records as they are delivered. */
export function plainPortal(name: string, { kind, count, size = 10, ...plan }: Plan): Portal {
  const { completeness = "complete", ...design } = plan;
  const rows = notices(design.tongue, count);
  const whole: Design = { ...design, size };
  return {
    name,
    kind,
    needs: "nothing",
    path: LIST,
    open: () => designedSite(rows, whole),
    truth: {
      records: rows.map((row) => trueRecord(row, design.tongue, ALL_PARTS)),
      completeness,
      stopped: "last_page",
    },
  };
}

const table = { kind: "static table", look: tableLook } as const;
const cards = { kind: "cards", look: cardLook } as const;
const pages = { kind: "numbered pages", paging: "numbered" } as const;
const nextPages = { kind: "next/previous pages", paging: "next" } as const;

/** Tables, cards, lists in several languages and designs, on one page and on many. */
export const PLAIN_PORTALS: readonly Portal[] = [
  plainPortal("blog table, British", { ...table, tongue: BRITISH, shell: blogShell, paging: "none", count: 17 }),
  plainPortal("old table, American", {
    kind: "static table",
    look: plainTableLook,
    tongue: AMERICAN,
    shell: oldShell,
    paging: "none",
    count: 14,
  }),
  plainPortal("office table, German", { ...table, tongue: GERMAN, shell: officeShell, paging: "none", count: 23 }),
  plainPortal("table without classes, Spanish", {
    kind: "static table",
    look: plainTableLook,
    tongue: SPANISH,
    shell: designShell,
    paging: "none",
    count: 11,
  }),
  plainPortal("cards, British", { ...cards, tongue: BRITISH, shell: appShell, paging: "none", count: 13 }),
  plainPortal("cards, French", {
    ...cards,
    tongue: FRENCH,
    shell: designShell,
    paging: "none",
    count: 13,
    total: true,
  }),
  plainPortal("fields of a content system, Dutch", {
    kind: "cards",
    look: fieldLook,
    tongue: DUTCH,
    shell: designShell,
    paging: "none",
    count: 16,
  }),
  plainPortal("labelled lines, Italian", {
    kind: "cards",
    look: lineLook,
    tongue: ITALIAN,
    shell: blogShell,
    paging: "none",
    count: 12,
    completeness: "unknown",
  }),
  plainPortal("grid of divisions, American", {
    kind: "cards",
    look: gridLook,
    tongue: AMERICAN,
    shell: appShell,
    paging: "none",
    count: 18,
  }),
  plainPortal("two rows a record, British", {
    kind: "static table",
    look: pairLook,
    tongue: BRITISH,
    shell: officeShell,
    paging: "none",
    count: 15,
    completeness: "unknown",
  }),
  plainPortal("numbered pages, German", {
    ...pages,
    look: tableLook,
    tongue: GERMAN,
    shell: blogShell,
    count: 47,
    total: true,
  }),
  plainPortal("numbered pages of cards, Spanish", {
    ...pages,
    look: cardLook,
    tongue: SPANISH,
    shell: appShell,
    count: 34,
  }),
  plainPortal("numbers with gaps, American", {
    kind: "numbered pages",
    paging: "windowed",
    look: tableLook,
    tongue: AMERICAN,
    shell: designShell,
    count: 118,
  }),
  plainPortal("offsets, French", {
    kind: "numbered pages",
    paging: "offset",
    look: fieldLook,
    tongue: FRENCH,
    shell: designShell,
    count: 36,
    size: 12,
  }),
  plainPortal("next and previous, Dutch", {
    ...nextPages,
    look: plainTableLook,
    tongue: DUTCH,
    shell: oldShell,
    count: 29,
  }),
  plainPortal("next and previous, Italian", {
    ...nextPages,
    look: gridLook,
    tongue: ITALIAN,
    shell: appShell,
    count: 31,
    total: true,
  }),
  plainPortal("arrows, British", {
    kind: "next/previous pages",
    paging: "arrows",
    look: lineLook,
    tongue: BRITISH,
    shell: oldShell,
    count: 27,
  }),
  plainPortal("pages in the path, German", {
    kind: "numbered pages",
    paging: "path",
    look: cardLook,
    tongue: GERMAN,
    shell: blogShell,
    count: 33,
  }),
  plainPortal("twenty pages, British", {
    ...pages,
    look: tableLook,
    tongue: BRITISH,
    shell: designShell,
    count: 195,
    total: true,
  }),
];
