import { isTag, isText, type Element } from "domhandler";
import { existsOne } from "domutils";
import { FieldReader } from "../columns/read-field.ts";
import { headerOf } from "../columns/table-header.ts";
import { isAdvertisement, mayBeAdvertisement } from "../lists/advertisement.ts";
import type { RecordUnit } from "../lists/candidate.ts";
import { locateRecords } from "../lists/locate-records.ts";
import { NodePaths } from "../outline/node-paths.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { closest, elementsBelow } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { collapse } from "../page/text-of.ts";
import type { Recipe } from "../recipe.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import { alignChildren, type Alignment, type TokenSpan } from "./align-source.ts";
import { cutSource, type Token } from "./cut-source.ts";
import { emptiableIn } from "./emptiable.ts";
import { match, ProgramWriter, type Named, type Program } from "./program.ts";
import { planRow, readRow, rowPaths, type RowPaths, type RowPlan, type RowSource } from "./row-plan.ts";

const HTML = "http://www.w3.org/1999/xhtml";
/** A larger list is not looked through for each of its pages. */
const MOST_PLANS = 24;
/** Of so many rows the paths are kept. */
const MOST_PATHS = 500;

/** What was read from a page by its stencil, and the parts of the stencil that served. */
export interface Stencilled {
  readonly records: readonly ExtractedRecord[];
  readonly plans: ReadonlySet<RowPlan>;
}

/**
 * The source of one page of a listing with holes where pages differ: what stands before the rows, each kind of row, what
 * stands between two of them, and behind the last up to where the list is closed. A page whose source is just that has the
 * same tree up to there, and its records stand in the holes; so it need not be parsed. What follows cannot change what was
 * built before it, see `mayBeReopened`; only a `<base>` could say that links lead elsewhere.
 */
export class Stencil {
  readonly key: string;
  readonly #recipe: Recipe;
  readonly #frame: Frame;
  readonly #paths = new Map<RowPlan, RowPaths[]>();
  #room = MOST_PATHS;
  #plans: RowPlan[];

  constructor(recipe: Recipe, frame: Frame, plans: readonly RowPlan[]) {
    this.#recipe = recipe;
    this.#frame = frame;
    this.#plans = plans.slice(0, MOST_PLANS);
    this.key = [frame.before, frame.gap, frame.behind].map(keyOf).join("\n");
  }

  get plans(): readonly RowPlan[] {
    return this.#plans;
  }

  /** Takes over the kinds of rows that this one lacks. */
  adopt({ plans }: Stencil): void {
    const known = new Set(this.#plans.map(({ program }) => keyOf(program)));
    const further = plans.filter(({ program }) => !known.has(keyOf(program)));
    this.#plans = [...this.#plans, ...further].slice(0, MOST_PLANS);
  }

  /** Null for a page that is not of this stencil. */
  read(text: string, baseUrl: string | null): Stencilled | null {
    const { before, gap, behind, tags, frameRows } = this.#frame;
    let at = match(before, text, 0, null);
    if (at < 0) return null;
    const records: ExtractedRecord[] = [];
    const plans = new Set<RowPlan>();
    const places = new Map(tags);
    for (;;) {
      const from = records.length === 0 ? at : match(gap, text, at, null);
      const row = from < 0 ? null : this.#row(text, from);
      if (!row) break;
      const place = (places.get(row.plan.tag) ?? 0) + 1;
      places.set(row.plan.tag, place);
      const paths = this.#pathsOf(row.plan, place);
      const record = readRow(row.plan, { values: row.values, paths, baseUrl });
      if (!isPlainRecord(record.text, row.plan.tag)) return null;
      records.push(record);
      plans.add(row.plan);
      at = row.end;
    }
    if (records.length === 0 || records.length < frameRows * 2) return null;
    if (match(behind, text, at, null) < 0) return null;
    return this.#isSettled(records) ? { records, plans } : null;
  }

  /** Rows stand in the same places on every page: their paths are put together once. */
  #pathsOf(plan: RowPlan, place: number): RowPaths {
    const known = this.#paths.get(plan)?.[place];
    if (known) return known;
    const paths = rowPaths(plan, `${this.#frame.path}/${plan.tag}[${place}]`);
    if (this.#room > 0) this.#keepPaths(plan, place, paths);
    return paths;
  }

  #keepPaths(plan: RowPlan, place: number, paths: RowPaths): void {
    const kept = this.#paths.get(plan) ?? [];
    kept[place] = paths;
    this.#paths.set(plan, kept);
    this.#room -= 1;
  }

  #row(text: string, at: number): { plan: RowPlan; values: string[]; end: number } | null {
    for (const plan of this.#plans) {
      const values: string[] = [];
      const end = match(plan.program, text, at, values);
      if (end >= 0) return { plan, values, end };
    }
    return null;
  }

  /** Whether each field was found at its first place, as `readColumns` would have it: else a later place may serve. */
  #isSettled(records: readonly ExtractedRecord[]): boolean {
    return this.#recipe.fields.every(({ name, places, fingerprint }) => {
      if (places.length === 1) return true;
      const wanted = Math.max(1, fingerprint.fill * records.length * 0.5);
      return records.filter(({ fields }) => fields[name] !== undefined).length >= wanted;
    });
  }
}

/** A row that no rule about words takes for a header, an advertisement or nothing. */
const isPlainRecord = (text: string, tag: string): boolean =>
  text !== "" && !mayBeAdvertisement(text) && (tag !== "tr" || /\d/.test(text));

/** What stands around the rows. */
interface Frame {
  readonly before: Program;
  readonly gap: Program;
  readonly behind: Program;
  /** Of the element that holds the rows. */
  readonly path: string;
  /** How many elements of each name stand before the first row in it. */
  readonly tags: ReadonlyMap<string, number>;
  /** Rows of a table that are none of the list. */
  readonly frameRows: number;
}

/** Makes the stencil of a page that was parsed from this very text. Null where its records are not told by places alone. */
export function makeStencil(recipe: Recipe, page: Page, text: string): Stencil | null {
  if (!isForStencils(recipe) || page.isData || page.url !== page.baseUrl) return null;
  const { units, containers, place } = locateRecords(recipe.list, page);
  const [container] = containers;
  if (!container || place !== 0 || recipe.list.several || mayBeReopened(container)) return null;
  if (hasDrawnScript(page)) return null;
  const rows = units.map(({ nodes: [node] }) => node).filter((node) => node !== undefined && isTag(node));
  const tokens = rows.length < 2 ? null : cutSource(text);
  const alignment = tokens && alignChildren(container, page.root, text, tokens);
  if (!alignment) return null;
  if (hasWordsOfItsOwn(container) || spansRows(container) || hasAdvertisement(container, page)) return null;
  const named = namedBy(recipe);
  const source = { text, tokens, alignment, named };
  const frame = frameOf(rows, { ...source, container, page });
  if (!frame) return null;
  const plans = planRows(rows, units, { ...source, recipe, page });
  return plans && new Stencil(recipe, frame, plans);
}

/** One plan for each kind of row, up to as many as a stencil has. */
function planRows(
  rows: readonly Element[],
  units: readonly RecordUnit[],
  { recipe, page, ...source }: RowSource & { readonly recipe: Recipe; readonly page: Page },
): RowPlan[] | null {
  const { text, tokens, alignment } = source;
  const [paths, reader] = [new NodePaths(), new FieldReader(page, new NodePaths())];
  const plans: RowPlan[] = [];
  for (const [at, unit] of units.entries()) {
    if (plans.length >= MOST_PLANS) break;
    const row = rows[at];
    const span = row && alignment.elements.get(row);
    const [first, last] = span ? [tokens[span.start], tokens[span.end - 1]] : [];
    if (!row || !first || !last) return null;
    if (plans.some(({ program }) => match(program, text, first.start, null) === last.end)) continue;
    const below = (element: Element): string => paths.of(element).slice(paths.of(row).length);
    const emptiable = emptiableIn(row, recipe.list);
    const plan = emptiable && planRow(row, { rules: recipe.fields, reader, unit, below, emptiable }, source);
    if (!plan) return null;
    plans.push(plan);
  }
  return plans;
}

/** Lists whose records and fields are found by where they stand, not by words around them. */
export function isForStencils({ list, fields, endpoint, earlier }: Recipe): boolean {
  const isPlain = list.record.unit === "element" && list.heading === undefined && list.under === undefined;
  const isPlaced = fields.every(({ places: [first] }) => first?.by === "selector" || first?.by === "header");
  return isPlain && isPlaced && list.embedded === undefined && endpoint === undefined && earlier === undefined;
}

/** Elements that style text are closed and opened again by tags that come later; what they hold may be moved. */
const FORMATTING = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));

function mayBeReopened(container: Element): boolean {
  return closest(container, ({ name }) => FORMATTING.has(name)) !== null;
}

/** What stands in a script of a drawing is markup, which may end the drawing. */
const hasDrawnScript = ({ root }: Page): boolean =>
  existsOne(({ name, namespace }) => name === "script" && namespace !== HTML, root.children);

const hasWordsOfItsOwn = ({ children }: Element): boolean =>
  children.some((node) => isText(node) && node.data.trim() !== "");

/** Then the columns of a row depend on the rows before it. */
const spansRows = (container: Element): boolean =>
  [...elementsBelow(container)].some(({ attribs }) => attribs["rowspan"] !== undefined);

function hasAdvertisement(container: Element, page: Page): boolean {
  return container.children.some((node) => isTag(node) && isAdvertisement({ nodes: [node] }, outlineOf(page)));
}

interface Framing {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly alignment: Alignment;
  readonly named: Named;
  readonly container: Element;
  readonly page: Page;
}

/** Null where the rows do not follow each other, or not in one way. */
function frameOf(rows: readonly Element[], framing: Framing): Frame | null {
  const { alignment, container, page } = framing;
  const spans = rows.map((row) => alignment.elements.get(row));
  const [first, last] = [spans[0], spans[spans.length - 1]];
  if (!first || !last) return null;
  const write = (start: number, end: number, isFixed: (at: number) => boolean): Program =>
    program(framing, start, end, isFixed);
  const gaps = new Map<string, Program>();
  for (let i = 1; i < spans.length; i += 1) {
    const [before, after] = [spans[i - 1], spans[i]];
    if (!before || !after || hasTag(framing.tokens, before.end, after.start)) return null;
    const gap = write(before.end, after.start, () => false);
    gaps.set(keyOf(gap), gap);
  }
  const [gap] = gaps.values();
  const within = spanOfChildren(container, alignment);
  const end = within && endOfList(container, framing.tokens, within.end);
  if (!gap || gaps.size > 1 || !within || end === null) return null;
  const header = headerOf(page, container);
  const isFixed = (at: number): boolean => (at >= within.start && at < within.end) || isInHeader(framing, at, header);
  const path = new NodePaths().of(container);
  const children = container.children.filter(isTag);
  const tags = new Map<string, number>();
  for (const { name } of children.slice(
    0,
    children.findIndex((child) => child === rows[0]),
  ))
    tags.set(name, (tags.get(name) ?? 0) + 1);
  return {
    before: write(0, first.start, isFixed),
    gap,
    behind: write(last.end, end, isFixed),
    path,
    tags,
    frameRows: children.filter(({ name }) => name === "tr").length - rows.filter(({ name }) => name === "tr").length,
  };
}

/** All that is in the container; words in it may decide what is a record, so that they stay as they are. */
function spanOfChildren(container: Element, { elements }: Alignment): TokenSpan | null {
  const spans = container.children.filter(isTag).flatMap((child) => elements.get(child) ?? []);
  const [first, last] = [spans[0], spans[spans.length - 1]];
  return first && last ? { start: first.start, end: last.end } : null;
}

/** Behind which token the list is closed: a part of a table with the table, for its header may stand in another part. */
function endOfList(container: Element, tokens: readonly Token[], from: number): number | null {
  const isTable = ["table", "tbody", "thead", "tfoot"].includes(container.name);
  const name = isTable ? "table" : container.name;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === "close") {
      if (token.name === name) return at + 1;
      if (!isTable) return null;
    } else if (token?.kind === "open" && (!isTable || token.name === "table")) return null;
  }
  return null;
}

function isInHeader({ text, tokens }: Framing, at: number, header: readonly string[]): boolean {
  const token = tokens[at];
  if (token?.kind !== "text" || header.length === 0) return false;
  const words = collapse(text.slice(token.start, token.end));
  // What is written with character references is not looked up in them.
  return words.includes("&") || (words !== "" && header.some((one) => one.includes(words)));
}

const hasTag = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some(({ kind }) => kind !== "text" && kind !== "comment");

function program(
  { text, tokens, named }: Framing,
  start: number,
  end: number,
  isFixed: (at: number) => boolean,
): Program {
  const from = tokens[start]?.start ?? text.length;
  const writer = new ProgramWriter(text, from, named);
  let to = from;
  for (let at = start; at < end; at += 1) {
    const token = tokens[at];
    if (!token) continue;
    writer.add(token, isFixed(at));
    to = token.end;
  }
  return writer.end(to);
}

function namedBy({ list, fields }: Recipe): Named {
  const inFields = fields.flatMap(({ places }) =>
    places.flatMap((place) =>
      place.by === "selector" ? place.selector : place.by === "header" ? (place.within ?? []) : [],
    ),
  );
  const selectors = [...list.containers, ...inFields];
  const attributes = new Set(["class"]);
  for (const selector of selectors)
    for (const [, name] of selector.matchAll(/\[([\w:.-]+)/g))
      if (name !== undefined) attributes.add(name.toLowerCase());
  // Names are escaped in selectors, and are not in pages.
  const ids = selectors.filter((selector) => selector.includes("#")).map((one) => one.replace(/\\(.)/g, "$1"));
  return { attributes, ids: ids.join(" ") };
}

const keyOf = ({ literals, holes }: Program): string =>
  literals.map((literal, at) => `${literal}\0${holes[at]?.holds ?? ""}`).join("\0");
