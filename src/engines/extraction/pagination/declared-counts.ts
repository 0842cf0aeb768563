import type { DeclaredTotal } from "./pagination.ts";

export type Counts = Omit<DeclaredTotal, "quote" | "path">;

const NUMBER = String.raw`(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d{1,9})`;
const OF = String.raw`(?:of|out of|von|vom|sur|de|di|du|van|av|af|z|ze|od|din|из|з|från|fra|from|su|the total of|insgesamt|共)`;
const TO = String.raw`(?:-|–|—|‐|to|bis|à|au|al|a|até|hasta|do|до|til|till|tot|t\/m|through|~|〜|～)`;
const PAGE = String.raw`(?:page|seite|página|pagina|strona|strana|stránka|страница|сторінка|sida|side|sivu|oldal|pagină|sayfa|σελίδα|pag\.?|lehekülg|lapa|puslapis)`;
const NOUN =
  "results?|records?|entries|items|listings?|tenders?|notices?|opportunities|matches|documents?|applications?|jobs?|hits|rows|contracts|bids|cases|opinions|" +
  "properties|products|articles|events|vacancies|auctions|files|search results|" +
  "ergebnissen?|treffern?|einträgen?|datensätzen?|ausschreibungen|bekanntmachungen|anzeigen|artikeln?|dokumenten?|résultats?|enregistrements?|annonces?|avis|" +
  "marchés|offres|résultat|resultados?|registros?|licitaciones|licitações|anuncios|elementos|risultati|risultato|elementi|bandi|gare|avvisi|resultaten|" +
  "aanbestedingen|items|zoekresultaten|wyników|wyniki|pozycji|rekordów|ogłoszeń|přetargów|výsledků|záznamů|položek|zakázek|výsledkov|záznamov|" +
  "результатов|записей|закупок|результатів|записів|träffar|resultat|poster|upphandlingar|resultater|poster|treff|kunngjøringer|tulosta|osumaa|találat|" +
  "rezultate|înregistrări|rezultata|rezultatov|zapisa|kayıt|sonuç|ilan|αποτελέσματα|εγγραφές|نتيجة|نتائج|סוגים|תוצאות|件の結果";
const SHOWING =
  "showing|displaying|viewing|listing|results?|records?|items?|entries|rows?|zeige|anzeige|angezeigt|treffer|ergebnisse|einträge|datensätze|affichage|affichage de|résultats?|" +
  "enregistrements?|mostrando|resultados?|registros?|visualizzati|visualizzazione|risultati|toont|resultaten|resultaat|wyniki|pozycje|záznamy|zobrazeno|" +
  "показано|результаты|записи|visar|viser|näytetään|találatok";
const COUNTING =
  "total|found|in total|gesamt|insgesamt|gefunden|anzahl|au total|trouvés?|total de|encontrados?|totale|trovati|gevonden|znaleziono|łącznie|celkem|nalezeno|найдено|всего|знайдено|totalt|yhteensä|összesen|toplam|共|全";

/** Of the counting words those that count records even without a noun; "Total: 30" may be minutes. */
const FOUND = "found|gefunden|trouvés?|encontrados?|trovati|gevonden|znaleziono|nalezeno|найдено|знайдено|共|全";
/** Nouns that name records of a search; others may be part of a title, and count only where nothing else is said. */
const SURE_NOUN =
  /result|record|entr(?:y|ies)|match|hit|listing|rows|ergebnis|treffer|eintr|datens|résultat|enregistrement|registro|risultat|wynik|rekord|výsled|záznam|результат|запис|träff|resultat|találat|rezultat|kayıt|sonuç|αποτελ|نتي|نتائج|תוצאות|found|total/iu;

/** Words after which a number is a limit, a guess or a choice, not a count. */
const VAGUE =
  /(?:about|approximately|approx\.?|over|more than|up to|circa|ca\.|etwa|über|mehr als|plus de|environ|más de|oltre|circa|meer dan|ponad|около|более|maximum|max\.?|first|top|last|les)\s*$/iu;
const NOT_COUNTED =
  /^\s*(?:\+|per|pro|par|por|na stron|на страниц|je seite|a page|each|\/\s*(?:page|seite)|in (?:your|the) (?:cart|basket)|days?|selected|ausgewählt|%)/iu;

const edge = "(?<![\\p{L}\\p{N}.,/#№-])";
const stop = "(?![\\p{L}\\p{N}/-]|[.,]\\d)";
const RANGE_OF = new RegExp(`${edge}(?:(${SHOWING})\\s*:?\\s*)?${NUMBER}\\s*${TO}\\s*${NUMBER}\\s*(?:\\(?\\s*)${OF}\\s*${NUMBER}${stop}(?:\\s*(${NOUN})(?!\\p{L}))?`, "giu"); // prettier-ignore
const PAGE_OF = new RegExp(`${edge}${PAGE}\\s*:?\\s*${NUMBER}\\s*(?:${OF}|/)\\s*${NUMBER}${stop}`, "giu");
const PAGES_BESIDE = new RegExp(`^${PAGE}\\s*:?\\s*(?:${OF}|/)\\s*${NUMBER}(?!\\s*(?:[\\p{N}/-]|(?:${NOUN})(?!\\p{L})))`, "iu"); // prettier-ignore
const SHOWN_OF = new RegExp(`${edge}(?:showing|displaying|viewing|mostrando|affichage de|toont|visar|viser)\\s+${NUMBER}\\s+${OF}\\s+${NUMBER}${stop}`, "giu"); // prettier-ignore
const OF_SHOWN = new RegExp(`${edge}${NUMBER}\\s+${OF}\\s+${NUMBER}\\s+(?:${NOUN})\\s+(?:are\\s+)?(?:shown|displayed|listed|angezeigt|affichés?|mostrados|mostrati|getoond)(?!\\p{L})`, "giu"); // prettier-ignore
const COUNT_NOUN = new RegExp(`${edge}${NUMBER}\\s*(?:${NOUN})(?:\\(s\\))?(?!\\p{L})`, "giu");
const NOUN_COUNT = new RegExp(`${edge}(?:(?:${COUNTING})\\s+(?:(?:number of|of|de|der|di)\\s+)?(?:${NOUN})|(?:number of|anzahl(?: der)?|nombre de|número de|numero di|aantal)\\s+(?:${NOUN})|(?:${FOUND}))\\s*[:：=]?\\s*${NUMBER}${stop}`, "giu"); // prettier-ignore
const CJK_RANGE = /(?:全)?\s*([\d,]+)\s*件中\s*([\d,]+)\s*[-–~〜～]\s*([\d,]+)\s*件/u;
const CJK_PAGE = /第\s*(\d+)\s*[/／]?\s*(?:页|頁)?\s*[,，/／]?\s*共\s*(\d+)\s*[页頁]/u;

/** "全412件", "検索結果：412件", "共 412 条记录", "총 412건". */
const CJK_COUNT =
  /(?:全|検索結果(?:は|数)?|該当(?:件数)?|合計|総数|総件数|件数|ヒット(?:数)?|共(?:有|找到)?|合计|总计|總計|共計|총|전체|검색결과)\s*[:：]?\s*(\d{1,3}(?:[,，]\d{3})+|\d{1,9})\s*(?:件(?!中\s*\d)|条|條|項|项|笔|筆|則|건|개)/u;

const CUES = new Set(
  [OF, PAGE, NOUN, SHOWING, COUNTING]
    .flatMap((words) => words.replace(/[()?:]|\\./g, "").split("|"))
    .flatMap((phrase) => phrase.split(" "))
    .filter((word) => /^\p{L}{2,}$/u.test(word)),
);
const ONE_LETTER = new Set(["z", "з", "a", "à"]);
const CJK = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;

/** A cheap look that spares most texts the reading: no such statement comes without one of its words. */
export function mayDeclare(text: string): boolean {
  if (CJK.test(text)) return true;
  for (const [word] of text.matchAll(/\p{L}+/gu)) if (isCue(word.toLowerCase())) return true;
  return false;
}

function isCue(word: string): boolean {
  return CUES.has(word) || CUES.has(word.slice(0, -1)) || (word.length === 1 && ONE_LETTER.has(word));
}

/** Reads "1–20 of 412", "Page 2 of 8", "412 results" and their like. Null when the text says nothing of the kind. */
export function readCounts(text: string): { counts: Counts; quote: string } | null {
  const found: { counts: Counts; start: number; end: number }[] = [];
  const add = (match: RegExpExecArray | null, counts: Counts): void => {
    if (match) found.push({ counts, start: match.index, end: match.index + match[0].length });
  };
  const range = firstFit(RANGE_OF, text, isRange);
  if (range) add(range, { from: numberOf(range[2]), to: numberOf(range[3]), total: numberOf(range[4]) });
  const page = pageOf(text);
  if (page) add(page, { page: numberOf(page[1]), pages: numberOf(page[2]) });
  const cjkRange = CJK_RANGE.exec(text);
  if (cjkRange && !range)
    add(cjkRange, { total: numberOf(cjkRange[1]), from: numberOf(cjkRange[2]), to: numberOf(cjkRange[3]) });
  const cjkPage = CJK_PAGE.exec(text);
  if (cjkPage && !page) add(cjkPage, { page: numberOf(cjkPage[1]), pages: numberOf(cjkPage[2]) });
  const cjkCount = CJK_COUNT.exec(text);
  if (cjkCount && !range && !cjkRange) add(cjkCount, { total: numberOf(cjkCount[1]) });
  else if (!range && !cjkRange) {
    const isShare = (match: RegExpExecArray): boolean => isPart(numberOf(match[1]), numberOf(match[2]));
    const shown = firstFit(SHOWN_OF, text, isShare) ?? firstFit(OF_SHOWN, text, isShare);
    const count = shown ?? firstFit(NOUN_COUNT, text, isWholeCount) ?? firstFit(COUNT_NOUN, text, isWholeCount);
    if (count && isAlone(text, count) && (shown || isSureCount(text, count)))
      add(count, { total: numberOf(shown ? count[2] : count[1]) });
  }
  if (found.length === 0) return null;
  const start = Math.min(...found.map((one) => one.start));
  const end = Math.max(...found.map((one) => one.end));
  return {
    counts: found.reduce<Counts>((all, { counts }) => ({ ...all, ...counts }), {}),
    quote: text.slice(start, end).trim(),
  };
}

/** Whether a text says which page it is, and of how many: what `readCounts` gives as `page`. */
export function saysPageOf(text: string): boolean {
  return pageOf(text) !== null || CJK_PAGE.test(text);
}

function pageOf(text: string): RegExpExecArray | null {
  return firstFit(PAGE_OF, text, (match) => isPart(numberOf(match[1]), numberOf(match[2])));
}

/** "Page of 6", where the number of the page stands in a box between the words. */
export function pagesBeside(text: string): { pages: number; quote: string } | null {
  const match = PAGES_BESIDE.exec(text.trim());
  const pages = numberOf(match?.[1]);
  return match && pages > 0 ? { pages, quote: match[0] } : null;
}

function firstFit(pattern: RegExp, text: string, fits: (match: RegExpExecArray) => boolean): RegExpExecArray | null {
  for (const match of text.matchAll(pattern)) if (fits(match) && isExact(text, match)) return match;
  return null;
}

function isRange(match: RegExpExecArray): boolean {
  const [from, to, total] = [numberOf(match[2]), numberOf(match[3]), numberOf(match[4])];
  return from >= 1 && from <= to && to <= total && to - from < 1000;
}

function isPart(part: number, whole: number): boolean {
  return part >= 1 && part <= whole;
}

function isWholeCount(match: RegExpExecArray): boolean {
  if (
    numberOf(match[1]) === 0 &&
    !/result|record|match|hit|entr|treffer|ergebnis|résultat|result|risultat|wynik|найден/i.test(match[0])
  )
    return false;
  return !NOT_COUNTED.test(match.input.slice(match.index + match[0].length));
}

function isExact(text: string, match: RegExpExecArray): boolean {
  return !VAGUE.test(text.slice(0, match.index)) && !/^\s*\+/.test(text.slice(match.index + match[0].length));
}

/** A bare count must be nearly all that is said: in prose it may count anything. */
function isAlone(text: string, match: RegExpExecArray): boolean {
  return text.length - match[0].length <= 60 && match.index <= 40;
}

/** "SSA 51 Documents" and "2024 Opinions" count nothing. */
function isSureCount(text: string, match: RegExpExecArray): boolean {
  if (SURE_NOUN.test(match[0]) || new RegExp(`^(?:${FOUND})`, "iu").test(match[0])) return true;
  const isYear = /^(?:19|20)\d\d$/.test(match[1] ?? "");
  const rest = text.replace(match[0], "").replace(/[\s():.,]|found|total|available|in total/giu, "");
  return rest === "" && !isYear;
}

function numberOf(text = ""): number {
  return Number(text.replace(/\D/g, ""));
}
