import { isTag, type Element } from "domhandler";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import { countIn, linksIn, signalsOf, type PageSignals } from "../outline/page-signals.ts";
import { PREFORMATTED } from "../page/break-lines.ts";
import { closest } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { periodOf } from "./alternating-rows.ts";
import type { Candidate, RecordUnit } from "./candidate.ts";
import { headingKind } from "./group-headings.ts";
import { likeness, shapeOf } from "./shape.ts";

/** Two or three alike neighbours may be chance: the columns of a layout, the parts of a page. */
const FEW: Readonly<Record<number, number>> = { 1: 0.3, 2: 0.5, 3: 0.75 };

export interface Ranked {
  readonly candidate: Candidate;
  readonly score: number;
}

/** Fewer lines of a letter hold a date or a link by chance. */
const FEWEST_LINES = 3;

const ASIDE = /\b(nav|navigation|menu|footer|sidebar|breadcrumbs?|social|share|pager|pagination|toolbar|cookie|skip)/i;

/**
 * Orders candidates by how much they look like the list that the page is about. A unit counts the square root of its
 * text: one level deeper there are more and shorter units, so of two nested levels the deeper wins exactly when its
 * units still carry what makes a record (a date, a link or a code of their own). Menus have links but nothing else.
 */
export function rankLists(page: Page, candidates: readonly Candidate[]): Ranked[] {
  const outline = outlineOf(page);
  const signals = signalsOf(page);
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(page, candidate, outline, signals) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

function scoreOf(page: Page, candidate: Candidate, outline: PageOutline, signals: PageSignals): number {
  const texts = new Set<string>();
  const isDated = headingKind(page, candidate.units) === "date";
  const isPreformatted = isIn(candidate, PREFORMATTED);
  if (isPreformatted && candidate.units.length < FEWEST_LINES) return 0;
  let sum = 0;
  for (const unit of candidate.units) {
    if (isPreformatted && !tells(unit.span, signals)) continue;
    const text = outline.text.slice(unit.span[0], Math.min(unit.span[1], unit.span[0] + 300));
    if (texts.has(text)) continue;
    texts.add(text);
    sum += unitScore(unit, text, isDated, outline, signals);
  }
  const unique = texts.size / candidate.units.length;
  const few = hasColumnHeaders(candidate) ? 1 : (FEW[candidate.units.length] ?? 1);
  return (
    sum *
    unique *
    few *
    headed(candidate, signals, outline) *
    layout(candidate) *
    turns(candidate) *
    parts(candidate) *
    regularity(candidate, page) *
    surroundings(candidate.containers[0])
  );
}

const isIn = ({ containers: [container] }: Candidate, names: ReadonlySet<string>): boolean =>
  container !== undefined && closest(container, ({ name }) => names.has(name)) !== null;

/** Lines of text that is set as it stands end for their length: those of a letter or of a program tell nothing of their own. */
const tells = (span: Span, signals: PageSignals): boolean =>
  countIn(signals.dates, span) > 0 || countIn(signals.codes, span) > 0 || linksIn(signals, span).length > 0;

/** A row of header cells over the rows says that they are records, however few there are. */
export function hasColumnHeaders({ units, containers: [container] }: Candidate): boolean {
  const isRow = units.every(({ nodes: [first] }) => first && isTag(first) && first.name === "tr");
  if (!isRow || container === undefined) return false;
  const table =
    container.parent && isTag(container.parent) && container.name !== "table" ? container.parent : container;
  const groups = [table, ...table.children.filter((child) => isTag(child))].filter(({ name }) => name !== "tr");
  return groups.some((group) =>
    group.children.some((row) => isTag(row) && row.name === "tr" && countHeaders(row) >= 2),
  );
}

function countHeaders(row: Element): number {
  return row.children.filter((cell) => isTag(cell) && cell.name === "th").length;
}

/** Of two ways to cut neighbours into groups, the one at rules, or that begins with a link or a heading, is right. */
function headed({ kind, isParted, units }: Candidate, signals: PageSignals, outline: PageOutline): number {
  if (kind !== "group") return 1;
  if (isParted) return 1.2;
  const begun = units.filter(
    ({ nodes: [first] }) =>
      first &&
      isTag(first) &&
      (/^h[1-6]$/.test(first.name) || linksIn(signals, outline.spanOf(first) ?? [0, 0]).length > 0),
  );
  return begun.length * 2 > units.length ? 1.1 : 1;
}

/**
 * Where each of many containers holds the same small number of units, these are the parts of a record and the
 * containers are the records: lists differ in length. Cells of a calendar are the exception.
 */
function parts({ units, containers }: Candidate): number {
  if (containers.length < 5 || containers[0]?.name === "tr" || units.length > containers.length * 6) return 1;
  const counts = new Map<Element, number>();
  for (const { container } of units) counts.set(container, (counts.get(container) ?? 0) + 1);
  const usual = Math.round(units.length / containers.length);
  const same = [...counts.values()].filter((count) => count === usual).length;
  return same >= containers.length * 0.9 ? 0.6 : 1;
}

/** Rows that take turns are the parts of records, and a group of them is one. */
function turns({ units, kind }: Candidate): number {
  return kind !== "group" && periodOf(units.map(({ nodes: [first] }) => first)) !== null ? 0.4 : 1;
}

/** Rows that hold tables are the layout of an old page. */
function layout({ units }: Candidate): number {
  const holding = units.filter(({ nodes }) => nodes.some((node) => isTag(node) && holdsTable(node, 0)));
  return holding.length * 2 > units.length ? 0.5 : 1;
}

function holdsTable(node: Element, depth: number): boolean {
  return (
    depth < 4 && node.children.some((child) => isTag(child) && (child.name === "table" || holdsTable(child, depth + 1)))
  );
}

function unitScore(
  { span }: RecordUnit,
  text: string,
  isDated: boolean,
  outline: PageOutline,
  signals: PageSignals,
): number {
  const links = linksIn(signals, span);
  const length = span[1] - span[0];
  const dates = countIn(signals.dates, span) + (isDated ? 1 : 0);
  const codes = countIn(signals.codes, span);
  const own = links.some(({ href }) => (signals.linkCount.get(href) ?? 0) <= 3);
  const lines = outline.linesIn(span).length;
  const linked = links.reduce((sum, link) => sum + link.span[1] - link.span[0], 0);
  let quality = 0.1;
  if (dates > 0) quality += 1;
  if (own) quality += 0.5;
  if (codes > 0) quality += 0.2;
  if (lines > 2) quality += 0.2;
  if (linked > length * 0.9 && dates === 0 && codes === 0) quality *= 0.3;
  if (!/[\p{L}\p{N}]/u.test(text)) quality = 0;
  if (links.length > 4 && dates === 0 && linked > length * 0.6) quality *= 0.3;
  const crowd = Math.max(dates / 5, links.length / 12, lines / 40);
  if (crowd > 1) quality /= crowd;
  return Math.sqrt(Math.min(length, 300)) * quality;
}

function regularity({ units, shape }: Candidate, page: Page): number {
  const sample = units.slice(0, 30);
  const sum = sample.reduce((total, { nodes }) => total + likeness(shape, shapeOf(nodes, page)), 0);
  return sum / sample.length;
}

function surroundings(container: Element | undefined): number {
  let factor = 1;
  for (
    let node: Element | null = container ?? null;
    node;
    node = node.parent && isTag(node.parent) ? node.parent : null
  ) {
    if (node.name === "nav") return 0.1;
    if (node.name === "footer" || node.name === "aside" || node.name === "select") factor = Math.min(factor, 0.3);
    if (
      node.name !== "body" &&
      ASIDE.test(`${node.attribs["class"] ?? ""} ${node.attribs["id"] ?? ""} ${node.attribs["role"] ?? ""}`)
    )
      factor = Math.min(factor, 0.4);
  }
  return factor;
}
