import { documentUrlOf } from "../page/base-url-of.ts";
import type { Page } from "../page/page.ts";
import type { Control } from "./control.ts";

const NEIGHBOUR =
  /(?<!\p{L})(?:(?:next|previous|prior|following) (?:month|week|year|day|quarter)|(?:nächster|nächste|nächstes|voriger|vorige|vorheriger|vorherige) (?:monat|woche|jahr|tag)|(?:mois|semaine|année) (?:suivante?|précédente?)|(?:mes|año|semana) (?:siguiente|anterior)|(?:mês|ano|semana) (?:seguinte|anterior)|mese (?:successivo|precedente)|(?:volgende|vorige) (?:maand|week|jaar))(?!\p{L})/iu;
const MAX_LABEL = 40;
const TIME =
  /^(?:.*[_.[-])?(?:m|y|month|year|date|day|week|from|to|start|end|since|until|monat|jahr|datum|tag|woche|von|bis|mois|annee|mes|ano|anno|mese|maand|jaar)(?:_?date)?\]?$/i;
const DATE = /(?:^|\D)(?:(?:19|20)\d\d[-/.]?(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d)(?:$|[-/.T]|\d\d$)/;

/** Whether a control leads to another month, week or year of what the page shows: by its words, or by the date in its address. */
export function movesInTime(control: Control, page: Page): boolean {
  const { label, said } = control;
  if (label.length <= MAX_LABEL && NEIGHBOUR.test(label)) return true;
  const points = said.wordCount === 0 ? said.arrow !== null : said.word === "next" || said.word === "prev";
  return points && changesDate(control, page);
}

/** The same document for another date: all that differs says when. */
function changesDate({ url, node }: Control, page: Page): boolean {
  const [to, here] = [URL.parse(url), URL.parse(documentUrlOf(node, page) ?? "")];
  if (!to || !here || to.host !== here.host) return false;
  if (to.pathname !== here.pathname) return to.search === here.search && DATE.test(to.pathname);
  const changed = [...to.searchParams].filter(([name, value]) => here.searchParams.get(name) !== value);
  return (
    changed.length > 0 && changed.every(([name, value]) => DATE.test(value) || (TIME.test(name) && /\d/.test(value)))
  );
}
