import { isText, type Element } from "domhandler";
import { outlineOf } from "../outline/page-outline.ts";
import { parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";

/**
 * What a page says of how much of its list it shows, where it names no exact total. `at-least`: there are more than
 * `records`. `at-most`: no more than `records` are shown, however many there are. `cut`: some are left out.
 */
export interface DeclaredLimit {
  readonly kind: "at-least" | "at-most" | "cut";
  readonly records: number | null;
  /** The words as they stand in the page. */
  readonly quote: string;
}

const MAX_TEXT = 250;
const NUMBER = String.raw`(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+|\d{1,9})`;
const THING =
  "(?:results?|records?|entries|items|listings?|tenders?|notices?|opportunities|matches|hits|rows|contracts|bids|cases|events|" +
  "ergebnissen?|treffern?|einträgen?|ausschreibungen|résultats?|enregistrements?|avis|marchés|resultados?|registros?|licitaciones|" +
  "risultati|bandi|resultaten|aanbestedingen|wyników|ogłoszeń|результатов|закупок|записей)";
const SHOWN =
  "(?:shown|displayed|listed|returned|visible|available|angezeigt|dargestellt|affichés?|mostrados?|mostrati|getoond|weergegeven|wyświetlono|показан\\p{L}*)";

const BEFORE = "(?<![\\p{L}\\p{N}.,])";
const AFTER = "(?!\\p{L})";
const patternOf = (...parts: readonly string[]): RegExp => new RegExp(parts.join(""), "iu");

const LIMITS: readonly { readonly kind: DeclaredLimit["kind"]; readonly pattern: RegExp }[] = [
  { kind: "at-least", pattern: patternOf(BEFORE, NUMBER, "\\s?\\+\\s*", THING, AFTER) },
  {
    kind: "at-least",
    pattern: patternOf(
      BEFORE,
      "(?:more than|over|mehr als|über|plus de|más de|oltre|più di|meer dan|ponad|więcej niż|более|свыше)\\s+",
      NUMBER,
      "\\s+(?:\\p{L}+ )?",
      THING,
      AFTER,
    ),
  },
  {
    kind: "at-most",
    pattern: patternOf(BEFORE, "first\\s+", NUMBER, "\\s+(?:\\p{L}+\\s+){0,2}(?:are|were|will be|can be)\\s+", SHOWN),
  },
  {
    kind: "at-most",
    pattern: patternOf(
      BEFORE,
      "(?:(?:showing|displaying|shows|displays)\\s+(?:only\\s+)?(?:the\\s+)?(?:first|top|latest|last|at most|(?:a )?maximum of)|(?:limited to|restricted to|capped at))\\s+",
      NUMBER,
      "\\s+(?:\\p{L}+\\s+)?",
      THING,
      AFTER,
    ),
  },
  {
    kind: "at-most",
    pattern: patternOf(
      BEFORE,
      "(?:maximum(?: of)?|at most|up to|höchstens|maximal|maximum de|máximo de|massimo di|maximaal)\\s+",
      NUMBER,
      "\\s+",
      THING,
      "(?:\\s+\\p{L}+){0,3}\\s+",
      SHOWN,
    ),
  },
  {
    kind: "at-most",
    pattern: patternOf(
      BEFORE,
      "(?:nur\\s+)?die\\s+ersten\\s+",
      NUMBER,
      "\\s+",
      THING,
      "|(?<!\\p{L})seuls?\\s+les\\s+",
      NUMBER,
      "\\s+premiers|(?<!\\p{L})solo\\s+(?:los|las|i)\\s+prim(?:er[oa]s|i)\\s+",
      NUMBER,
    ),
  },
  {
    kind: "cut",
    pattern:
      /(?<!\p{L})(?:too many|zu viele|trop de|demasiad[oa]s|troppi|te veel) (?:results?|records?|matches|hits|ergebnisse|treffer|résultats|resultados|risultati|resultaten)(?!\p{L})/iu,
  },
  {
    kind: "cut",
    pattern: patternOf(
      "^(?:…|\\.{3}|and|plus|\\+)[\\s…]*(?:and\\s+)?",
      NUMBER,
      "\\s+(?:more|others?|weitere|autres|más|altri)(?:\\s+\\p{L}+){0,2}[.…]*$",
    ),
  },
  { kind: "cut", pattern: patternOf(BEFORE, NUMBER, "\\s+(?:\\p{L}+\\s+){0,2}(?:are |is )?hidden", AFTER) },
  {
    kind: "cut",
    pattern:
      /(?<!\p{L})(?:log ?in|sign ?in|register|subscribe|upgrade) to (?:see|view|show|access) (?:more|all|the rest|the remaining|further)(?!\p{L}| (?:information|details|info|about))/iu,
  },
];

/** Spares most texts the patterns: no such statement comes without one of these. */
const CUE =
  /\d ?\+|more|over|first|limited|restricted|capped|maxim|most|up to|many|hidden|log ?in|sign ?in|regist|subscr|upgrade|showing|display|mehr|über|höchst|ersten|viele|plus|premiers|trop|más|máximo|prim|oltre|più|troppi|meer|veel|ponad|więcej|более|свыше|weitere|autres|altri|other/iu;

/** Finds what a page says of a limit of its list, outside the records. Only short texts count: longer ones are prose. */
export function declaredLimit(page: Page, isInRecord: (node: Element) => boolean): DeclaredLimit | null {
  for (const [node, text] of statements(page)) {
    if (!CUE.test(text)) continue;
    for (const { kind, pattern } of LIMITS) {
      const match = pattern.exec(text);
      if (match && !isInRecord(node)) return { kind, records: numberIn(match), quote: match[0].trim() };
    }
  }
  return null;
}

/** Short texts, the innermost element first, then what stands around it. */
function* statements(page: Page): Generator<[Element, string]> {
  const outline = outlineOf(page);
  const seen = new Set<Element>();
  for (const node of outline.elements) {
    if (!node.children.some((child) => isText(child) && /[\p{L}\p{N}]/u.test(child.data))) continue;
    for (let around: Element | null = node, climbed = 0; around && climbed < 3; climbed += 1) {
      if (seen.has(around) || around.name === "body" || around.name === "option") break;
      seen.add(around);
      const text = outline.textOf(around);
      if (text.length > MAX_TEXT) break;
      yield [around, text];
      around = parentOf(around);
    }
  }
}

function numberIn(match: RegExpExecArray): number | null {
  const digits = match.slice(1).find((group) => group !== undefined && /\d/.test(group));
  return digits === undefined ? null : Number(digits.replace(/\D/g, ""));
}
