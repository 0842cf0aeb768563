import { isTag, type AnyNode, type Element } from "domhandler";
import { applyRecipe } from "../apply-recipe.ts";
import { draftColumns } from "../columns/draft-columns.ts";
import type { FieldRule } from "../columns/field-rule.ts";
import { ruleOfColumn } from "../columns/learn-fields.ts";
import { FieldReader } from "../columns/read-field.ts";
import { learnShownList, type LearnedList } from "../learn-list.ts";
import { bindToHeading } from "../lists/bind-to-heading.ts";
import type { Candidate, RecordUnit } from "../lists/candidate.ts";
import { findLists } from "../lists/find-lists.ts";
import { locateRecords } from "../lists/locate-records.ts";
import type { Ranked } from "../lists/rank-lists.ts";
import { shapeOf } from "../lists/shape.ts";
import { NodePaths } from "../outline/node-paths.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { closest } from "../page/elements.ts";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { findPagination } from "../pagination/find-pagination.ts";
import { learnPagination } from "../pagination/learn-pagination.ts";
import type { PaginationRecipe } from "../pagination/pagination-recipe.ts";
import type { Recipe } from "../recipe.ts";
import type { PageExtraction } from "../records/extracted-record.ts";
import { controlAt } from "./control-at.ts";

/** What somebody points at on a page: one record of a list, where its values stand, and what leads on. */
export interface Pointing {
  /** Path of an element of the record: its first, or the only one. */
  readonly record: string;
  readonly fields: readonly PointedField[];
  /** A record under each further heading under which the list goes on, where lists are built alike. */
  readonly also?: readonly string[];
  /** Path of the control that leads to the next page. */
  readonly next?: string | null;
  /** Who points, for the recipe: a model's name, a person. */
  readonly by: string;
}

export interface PointedField {
  readonly name: string;
  readonly path: string;
  /** `link`: the address behind the element, not its words. */
  readonly take: "text" | "link";
}

export interface LearnedByPointing {
  /** Null when what was pointed at is not on the page, or is no record. */
  readonly recipe: Recipe | null;
  readonly extraction: PageExtraction | null;
  /** Sentences: what could not be used, and why. */
  readonly refused: readonly string[];
}

/**
 * Learns a list from one record that is pointed at: what stands like it is a record too, and what stands in the others
 * where a value was pointed at is that field. Nothing that was not read from the page comes into the result.
 */
export function learnPointed(page: Page, pointing: Pointing): LearnedByPointing {
  const record = nodeAt(page.root, pointing.record);
  if (!record) return refuse("The record that was pointed at is not on the page.");
  const { fields, refused } = nodesOf(page, pointing.fields);
  const nodes = fields.map(({ node }) => node);
  const also = (pointing.also ?? []).map((path) => nodeAt(page.root, path)).filter((node) => node !== null);
  const chosen = listAround(page, record, nodes, also);
  const learnt = learnShownList(page, [chosen], 0);
  const unit = learnt && locateRecords(learnt.list, page).units.find((one) => holds(one, record));
  if (!learnt || !unit) return refuse("What was pointed at is not a record that can be found again.", refused);
  const named = nameFields(page, { learnt, unit, all: chosen.candidate.units }, fields);
  const recipe = recipeOf(page, { ...learnt, fields: named.rules }, pointing);
  const extraction = applyRecipe(recipe, page);
  if (extraction.records.length === 0) return refuse("The list that was pointed at cannot be read.", refused);
  return { recipe, extraction, refused: [...refused, ...named.refused] };
}

interface PointedNode extends PointedField {
  readonly node: Element;
}

function nodesOf(page: Page, pointed: readonly PointedField[]): { fields: PointedNode[]; refused: string[] } {
  const fields: PointedNode[] = [];
  const refused: string[] = [];
  for (const field of pointed) {
    const node = nodeAt(page.root, field.path);
    if (node) fields.push({ ...field, node });
    else refused.push(`${field.name}: what was pointed at is not on the page.`);
  }
  return { fields, refused };
}

/** The list whose record this is: the one that begins with it, else the best that holds it with all its values. */
function listAround(page: Page, record: Element, fields: readonly Element[], also: readonly Element[]): Ranked {
  const pointed = [record, ...fields.filter((node) => isInside(node, record) || !isInside(record, node))];
  const lists = findLists(page);
  const holding = lists.flatMap((ranked) => {
    const unit = ranked.candidate.units.find((one) => holds(one, record));
    if (!unit) return [];
    const held = pointed.filter((node) => holds(unit, node)).length;
    return [{ ranked, held, begins: unit.nodes[0] === record }];
  });
  const best = holding.sort(
    (a, b) => b.held - a.held || Number(b.begins) - Number(a.begins) || b.ranked.score - a.ranked.score,
  )[0];
  if (!best) return { candidate: siblingsOf(page, record), score: 1 };
  const { candidate, score } = best.ranked;
  const containers = lists.flatMap(({ candidate: { units } }) =>
    units.filter((unit) => [record, ...also].some((node) => holds(unit, node))).map(({ container }) => container),
  );
  return { candidate: bindToHeading(page, lists, candidate, containers), score };
}

/** A list of which nothing was known: the record and those of its neighbours that bear the same name. */
function siblingsOf(page: Page, record: Element): Candidate {
  const parent = closest(record.parent ?? record, () => true) ?? record;
  const alike = parent.children.filter((child) => isTag(child) && child.name === record.name);
  const outline = outlineOf(page);
  const units = alike
    .map((node): RecordUnit => ({ nodes: [node], container: parent, span: outline.spanAcross([node]) }))
    .filter(({ span }) => span[1] > span[0]);
  return { containers: [parent], kind: "element", units, shape: shapeOf([record], page), starts: null };
}

interface Found {
  readonly learnt: LearnedList;
  readonly unit: RecordUnit;
  readonly all: readonly RecordUnit[];
}

/** Gives pointed columns their names. A value that no column holds gets a rule of its own. */
function nameFields(
  page: Page,
  found: Found,
  fields: readonly PointedNode[],
): { rules: FieldRule[]; refused: string[] } {
  const reader = new FieldReader(page, new NodePaths());
  const rules = [...found.learnt.fields];
  const refused: string[] = [];
  const named = new Set<number>();
  for (const field of fields) {
    const at = rules.findIndex((rule, index) => !named.has(index) && answers(page, reader, rule, found.unit, field));
    const drafted = at < 0 ? draftedRule(page, reader, found, field) : null;
    const rule = rules[at];
    if (rule) {
      rules[at] = { ...rule, name: field.name };
      named.add(at);
    } else if (drafted) named.add(rules.push(drafted) - 1);
    else refused.push(`${field.name}: no value of the record stands where was pointed.`);
  }
  const wanted = new Set([...named].map((at) => rules[at]?.name));
  return { rules: rules.filter(({ name }, at) => named.has(at) || !wanted.has(name)), refused };
}

function answers(page: Page, reader: FieldReader, rule: FieldRule, unit: RecordUnit, field: PointedNode): boolean {
  const isLink = rule.take.from === "attribute" && rule.take.attribute === "href";
  if (isLink !== (field.take === "link") || (rule.take.from === "attribute" && !isLink)) return false;
  const value = rule.places.map((place) => reader.read(rule, place, unit)).find((one) => one !== null);
  const node = value ? nodeAt(page.root, value.path) : null;
  if (!value || !node) return false;
  if (isLink) return isInside(field.node, node) || isInside(node, field.node);
  const outline = outlineOf(page);
  if (node !== field.node && !isInside(node, field.node) && !isInside(field.node, node)) return false;
  return sameWords(value.raw, outline.textOf(field.node));
}

/** A column that the analyser thought not worth keeping, such as one that says the same in every record. */
function draftedRule(page: Page, reader: FieldReader, { unit, all }: Found, field: PointedNode): FieldRule | null {
  const at = all.findIndex((one) => one.nodes[0] === unit.nodes[0]);
  const outline = outlineOf(page);
  const column = draftColumns(page, all).find(({ cells, take }) => {
    const cell = cells.get(at);
    if (!cell || (take.from === "attribute") !== (field.take === "link")) return false;
    if (take.from === "attribute") return take.attribute === "href" && isInside(field.node, cell.element);
    return cell.element === field.node && sameWords(cell.text, outline.textOf(field.node));
  });
  return column ? ruleOfColumn(page, { column, name: field.name }, all, reader) : null;
}

function recipeOf(page: Page, { list, fields, count }: LearnedList, { next, by }: Pointing): Recipe {
  return {
    format: 1,
    name: page.title === "" ? "Listing" : page.title.slice(0, 300),
    source: { url: page.url },
    learned: { at: null, by: by.slice(0, 100), confidence: 0.8 },
    entry: { url: page.url },
    transport: "browser",
    list,
    fields,
    pagination: paginationOf(page, next ?? null),
    checks: {
      records: { min: 1, learned: count },
      required: fields.filter(({ required }) => required).map(({ name }) => name),
    },
  };
}

/** The way on that was pointed at, unless looking finds the same. */
function paginationOf(page: Page, next: string | null): PaginationRecipe {
  const found = findPagination(page);
  const learnt = learnPagination(page, found);
  const control = next === null ? null : controlAt(page, next, "next");
  if (!control || control.step.kind === "scroll") return learnt;
  const isFound = found.links.some(({ path, role }) => role === "next" && path === next);
  if (isFound) return learnt;
  const { selectors, label, step } = control;
  const kind = step.kind === "link" ? "next-link" : step.kind === "form" ? "postback" : "load-more";
  return { kind, next: { selectors: [...selectors], label, by: step.kind }, addresses: learnt.addresses };
}

function holds({ nodes }: RecordUnit, node: AnyNode): boolean {
  return nodes.some((top) => isInside(node, top));
}

/** Whether a node is another or stands inside it. */
function isInside(node: AnyNode, outer: AnyNode): boolean {
  for (let current: AnyNode | null = node; current; current = current.parent) if (current === outer) return true;
  return false;
}

function sameWords(a: string, b: string): boolean {
  const words = (text: string): string =>
    text
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
      .toLowerCase();
  return words(a) === words(b);
}

function refuse(reason: string, others: readonly string[] = []): LearnedByPointing {
  return { recipe: null, extraction: null, refused: [...others, reason] };
}
