import { isTag, type Element } from "domhandler";
import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { BLOCK } from "../page/text-of.ts";
import { addressIn, holdsAddress, ROW_ATTRIBUTES } from "../page/written-address.ts";
import { stableClasses } from "../records/stable-names.ts";
import { trimDecoration } from "./clean-text.ts";
import type { Column, ColumnCell, NameHints } from "./column.ts";
import type { FieldPlace } from "./field-rule.ts";
import { gridHeaderOf } from "./grid-header.ts";
import { labelBefore } from "./label-before.ts";
import { labelledIn } from "./labelled-lines.ts";
import { chain, slotSelectors } from "./slot-selectors.ts";
import { collectSlots, type Slot, type SlotCell } from "./slots.ts";
import { headerOf } from "./table-header.ts";

const ALWAYS_WHOLE = new Set(["td", "th", "dd", "dt"]);
const ADDRESS_TAGS: Readonly<Record<string, string>> = { a: "href", area: "href", img: "src", time: "datetime" };

/** Every column that the slots and labels of these records give, before splitting, dropping and naming. */
export function draftColumns(page: Page, units: readonly RecordUnit[]): Column[] {
  const outline = outlineOf(page);
  const slots = collectSlots(page, units);
  const grid = gridHeaderOf(page, units);
  const columns: Column[] = [];
  const clicked: Column[] = [];
  for (const slot of slots) {
    if (slot.cells.size < leastFill(units.length)) continue;
    const places = placesOf(page, slot, units);
    const hints = hintsOf(page, slot, units, grid);
    if (hasOwnText(slot)) {
      const cells = textCells(outline, slot.cells);
      if (cells.size > 0)
        columns.push({ slot, places: [...places], take: { from: "text" }, cells, hints, alsoOwn: [], origin: "whole" });
    }
    const attribute = ADDRESS_TAGS[tagOf(slot)] ?? (hasAttribute(slot, "content") ? "content" : undefined);
    if (attribute !== undefined) {
      const cells = attributeCells(slot.cells, attribute);
      if (cells.size > 0)
        columns.push({
          slot,
          places,
          take: { from: "attribute", attribute },
          cells,
          hints,
          alsoOwn: [],
          origin: "attribute",
        });
    }
    for (const row of ROW_ATTRIBUTES) {
      if (!hasAttribute(slot, row)) continue;
      const cells = attributeCells(slot.cells, row);
      const take = { from: "attribute", attribute: row } as const;
      if (cells.size > 0) clicked.push({ slot, places, take, cells, hints, alsoOwn: [], origin: "attribute" });
    }
  }
  return [...columns, ...clicked, ...labelColumns(outline, units), ...headingColumn(outline, units)];
}

/** A record may be a link as a whole. */
function tagOf(slot: Slot): string {
  if (slot.parent !== null) return slot.tag;
  const elements = [...slot.cells.values()].map(({ element }) => element.name);
  return elements.every((name) => name === "a") ? "a" : slot.tag;
}

/** In how many records something must stand to be a column. */
export const leastFill = (records: number): number => (records < 4 ? 1 : Math.max(2, Math.ceil(records * 0.05)));

/** A text of its own: a run of text, or an element that holds no blocks. Cells are always taken whole as well. */
function hasOwnText(slot: Slot): boolean {
  if (slot.kind === "text" || ALWAYS_WHOLE.has(slot.tag)) return true;
  let blocks = 0;
  let seen = 0;
  for (const { element } of slot.cells.values()) {
    if ((seen += 1) > 20) break;
    if (holdsBlock(element)) blocks += 1;
  }
  return blocks * 2 < seen;
}

function holdsBlock(element: Element): boolean {
  return element.children.some(
    (child) => isTag(child) && child.name !== "br" && (BLOCK.has(child.name) || holdsBlock(child)),
  );
}

const hasAttribute = (slot: Slot, name: string): boolean =>
  slot.kind === "element" &&
  [...slot.cells.values()].slice(0, 5).some(({ element }) => element.attribs[name] !== undefined);

function textCells(outline: PageOutline, cells: ReadonlyMap<number, SlotCell>): Map<number, ColumnCell> {
  const found = new Map<number, ColumnCell>();
  for (const [index, { element, span }] of cells) {
    const text = outline.text.slice(span[0], span[1]);
    const cut = trimDecoration(text);
    const clean = text.slice(cut.start, cut.end);
    if (/[\p{L}\p{N}]/u.test(clean))
      found.set(index, { element, span: [span[0] + cut.start, span[0] + cut.end], text: clean });
  }
  return found;
}

function attributeCells(cells: ReadonlyMap<number, SlotCell>, attribute: string): Map<number, ColumnCell> {
  const found = new Map<number, ColumnCell>();
  for (const [index, { element, span }] of cells) {
    const value = holdsAddress(attribute)
      ? addressIn(attribute, element.attribs[attribute])?.text
      : element.attribs[attribute];
    const text = value?.trim();
    if (text) found.set(index, { element, span, text });
  }
  return found;
}

function labelColumns(outline: PageOutline, units: readonly RecordUnit[]): Column[] {
  const byLabel = new Map<string, Map<number, ColumnCell>>();
  units.forEach((unit, index) => {
    for (const { label, span } of labelledIn(outline, unit.span)) {
      const cells = byLabel.get(label) ?? new Map<number, ColumnCell>();
      if (!byLabel.has(label)) byLabel.set(label, cells);
      if (!cells.has(index))
        cells.set(index, { element: unit.container, span, text: outline.text.slice(span[0], span[1]) });
    }
  });
  const columns: Column[] = [];
  for (const [label, cells] of byLabel) {
    if (cells.size < Math.max(2, units.length * 0.15)) continue;
    columns.push({
      slot: null,
      places: [{ by: "label", label }],
      take: { from: "text" },
      cells,
      hints: { label, own: [], around: [] },
      alsoOwn: [],
      origin: "label",
    });
  }
  return columns;
}

/** The heading of each record's group, such as the day above a day's meetings. */
function headingColumn(outline: PageOutline, units: readonly RecordUnit[]): Column[] {
  const cells = new Map<number, ColumnCell>();
  units.forEach(({ heading, container }, index) => {
    if (heading)
      cells.set(index, { element: container, span: heading, text: outline.text.slice(heading[0], heading[1]) });
  });
  if (cells.size === 0) return [];
  return [
    {
      slot: null,
      places: [{ by: "heading" }],
      take: { from: "text" },
      cells,
      hints: { own: ["group"], around: [] },
      alsoOwn: [],
      origin: "label",
    },
  ];
}

function placesOf(page: Page, slot: Slot, units: readonly RecordUnit[]): FieldPlace[] {
  const places: FieldPlace[] = [];
  const cell = cellSlot(slot);
  const header = cell ? headerText(page, cell, units) : "";
  if (cell && header !== "" && uniqueHeader(page, header, units)) {
    const within = slot === cell ? undefined : chain(slot, true).slice(chain(cell, true).length).trim();
    places.push({ by: "header", header, ...(within === undefined ? {} : { within: `:scope ${within}` }) });
  }
  for (const selector of slotSelectors(slot)) places.push({ by: "selector", selector });
  return places;
}

/** The table cell that a slot stands in, if the record is a table row. */
function cellSlot(slot: Slot): Slot | null {
  for (let current: Slot | null = slot; current; current = current.parent)
    if (current.column >= 0 && current.parent?.parent === null) return current;
  return null;
}

/** The cell that a slot stands in, where a record takes several rows and this is the first. */
function cellOfFirstRow(slot: Slot): Slot | null {
  for (let current: Slot | null = slot; current; current = current.parent) {
    const row: Slot | null = current.parent;
    if (current.column >= 0 && row?.tag === "tr" && row.nth === 1 && row.parent?.parent === null) return current;
  }
  return null;
}

function headerText(page: Page, cell: Slot, units: readonly RecordUnit[]): string {
  const container = units[0]?.container;
  return container ? (headerOf(page, container)[cell.column] ?? "").slice(0, 300) : "";
}

/** The header over the box of the record that a slot stands in. */
function gridText(slot: Slot, grid: readonly string[]): string {
  if (grid.length === 0) return "";
  let box = slot;
  while (box.parent?.parent) box = box.parent;
  const element = box.cells.values().next().value?.element;
  const at = element && box.parent ? (element.parent?.children ?? []).filter(isTag).indexOf(element) : -1;
  return grid[at] ?? "";
}

function uniqueHeader(page: Page, header: string, units: readonly RecordUnit[]): boolean {
  const container = units[0]?.container;
  return container !== undefined && headerOf(page, container).filter((text) => text === header).length === 1;
}

function hintsOf(page: Page, slot: Slot, units: readonly RecordUnit[], grid: readonly string[]): NameHints {
  const around: string[] = [];
  let own: string[] = [];
  let property: string | undefined;
  for (let current: Slot | null = slot; current?.parent; current = current.parent) {
    const element = current.cells.values().next().value?.element;
    if (!element || current.kind === "text") continue;
    property ??= current === slot || current.children.size === 0 ? propertyOf(element) : undefined;
    const words = [...stableClasses(element).flatMap(wordsOf), ...idWords(element)];
    if (current === slot) own = words;
    else around.push(...words);
  }
  const cell = cellSlot(slot);
  const named = cell ?? cellOfFirstRow(slot);
  const header = named ? headerText(page, named, units) : gridText(slot, grid);
  const label = header === "" ? labelBefore(outlineOf(page), slot) : null;
  return {
    ...(label === null ? {} : label.isSure ? { label: label.text } : { before: label.text }),
    own,
    around: around.slice(0, 20),
    ...(header === "" ? {} : { header }),
    ...(property === undefined ? {} : { property }),
  };
}

/** `ctl00_grid_lblFiledDate_3` → lbl filed date: what the last words of a counted id say. */
const idWords = (element: Element): string[] =>
  wordsOf((element.attribs["id"] ?? "").replace(/^.*?(?=[A-Za-z]+_?\d*$)/, ""));

/** Attributes in which pages say for scripts, or for narrow screens, what a cell holds. */
const NAMING =
  "itemprop data-title data-label data-th data-field data-column data-colname data-header data-heading property".split(
    " ",
  );

function propertyOf({ attribs }: Element): string | undefined {
  const said = NAMING.map((name) => attribs[name]).filter((value) => value !== undefined);
  return said.find((value) => /\p{L}/u.test(value));
}

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1);
