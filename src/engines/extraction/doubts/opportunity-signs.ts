import type { Element } from "domhandler";
import { headingsOver } from "../lists/headings-over.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";

/** What a list says that it holds: opportunities, something else, or nothing either way. */
export type ListSubject = "opportunities" | "other" | "unsaid";

/** Words of procurement in the languages that portals are written in. Looked for in headings, names and records. */
const PROCUREMENT = new RegExp(
  [
    "tenders?\\b|\\bbids?\\b|bidding|solicitations?|procure|\\brf[pqix]s?\\b|\\bitbs?\\b|\\bifbs?\\b|contracts?\\b|purchasing|quotations?\\b",
    "request for (proposals?|quot|information|bids?)|invitation to|call for (bids|tenders|proposals)|framework agreement|opportunit",
    "ausschreib|vergabe|auftrag|angebotsfrist|bekanntmachung|appels? d.offres|marchés? publics?|avis de marché|consultations?\\b",
    "licitaci|contrataci|concurso públic|convocatoria|gare?\\b|gara d|appalt|bando|bandi\\b|aanbested|offerte|overheidsopdracht",
    "licitaç|pregão|concurso|upphandling|anbud|udbud|tarjouspyyn|hankin|przetarg|zamówie|veřejn|zakáz|közbeszerz|διαγωνισ|προμήθ|προκήρυξ",
    "тендер|закуп|закупів|торги|конкурс|ihale|入札|調達|招标|采购|입찰|조달|مناقص|מכרז|निविदा",
  ].join("|"),
  "iu",
);

/** What lists beside it are about. */
const OTHER =
  /\b(news|newsroom|press|blog|events?|calendar|meetings?|minutes|agendas?|jobs?|vacanc\w+|careers?|announcements?|articles?|stories|related|popular|links|aktuelles|nachrichten|presse|veranstaltung\w*|termine|actualités?|événements?|noticias|eventos|notizie|nieuws|notícias|nyheter|nyheder)\b/iu;

/** Share of records that must hold such a word. */
const MANY = 0.3;
const SAMPLE = 30;

/** Reads what stands above a list, what its elements are called, and its records. The page's own title speaks last. */
export function subjectOf(
  page: Page,
  { containers, texts }: { containers: readonly Element[]; texts: readonly string[] },
): ListSubject {
  const sample = texts.slice(0, SAMPLE);
  if (sample.filter((text) => PROCUREMENT.test(text)).length > sample.length * MANY) return "opportunities";
  const over = [...headingsOver(page, containers).values()].filter((heading) => heading !== null).join(" ");
  for (const words of [over, namesOf(containers), `${page.title} ${addressOf(page)}`]) {
    if (PROCUREMENT.test(words)) return "opportunities";
    if (OTHER.test(words)) return "other";
  }
  return "unsaid";
}

/** Text of records, cut. */
export function textsOf(page: Page, units: readonly { readonly span: readonly [number, number] }[]): string[] {
  const { text } = outlineOf(page);
  return units.slice(0, SAMPLE).map(({ span: [from, to] }) => text.slice(from, Math.min(to, from + 500)));
}

/** Classes and ids of a list and what is right around it. */
function namesOf(containers: readonly Element[]): string {
  const around = containers.slice(0, 3).flatMap((container) => [container, parentOf(container)]);
  const names = around.map((node) => `${node?.attribs["id"] ?? ""} ${node?.attribs["class"] ?? ""}`);
  return names.join(" ").replaceAll(/[-_]/g, " ");
}

function addressOf({ url }: Page): string {
  const path = url === null ? "" : (URL.parse(url)?.pathname ?? "");
  return path.replaceAll(/[-_/.]/g, " ");
}
