import { isTag, isText, type Element } from "domhandler";
import type { PageOutline } from "../outline/page-outline.ts";
import { mostCommon } from "./learn-pattern.ts";
import type { Slot } from "./slots.ts";

const SAMPLE = 20;
const MAX_LABEL = 40;
const MAX_CLIMB = 2;
const LABEL_TAGS = new Set(["dt", "th", "label"]);
const LABEL_CLASS = /(?:^|[\s_-])(?:label|lbl|key|term|caption)(?=$|[\s_-])/i;
const TITLE_CLASS = /(?:^|[\s_-])(?:title|name|heading|header)(?=$|[\s_-])/i;
const VALUE_CLASS = /(?:^|[\s_-])(?:value|content|data|text|info|href)(?=$|[\s_-])/i;

export interface LabelBefore {
  readonly text: string;
  /** The page marks it as a label; else it only stands where one would. */
  readonly isSure: boolean;
}

/**
 * The words in the element before a value, where they are the same in all records and look like a label: `<dt>`, what is
 * classed as a label, the first of two boxes that stand alone together. Null when there are none.
 */
export function labelBefore(outline: PageOutline, slot: Slot): LabelBefore | null {
  if (slot.kind !== "element" || slot.cells.size < 2) return null;
  const labels: string[] = [];
  let isSure = true;
  for (const { element } of [...slot.cells.values()].slice(0, SAMPLE)) {
    const before = elementBefore(element, slot);
    const text = before ? outline.textOf(before) : "";
    if (!before || text.length > MAX_LABEL || !/\p{L}{2}/u.test(text) || /\d/.test(text)) return null;
    isSure &&= isMarked(before, element, text);
    if (!isSure && !isPaired(before)) return null;
    labels.push(text);
  }
  const common = mostCommon(labels);
  return common && common.count >= labels.length * 0.9 ? { text: common.value, isSure } : null;
}

/** What stands right before an element, or before a box that it begins; within the record. */
function elementBefore(element: Element, slot: Slot): Element | null {
  let node: Element = element;
  let level: Slot | null = slot;
  for (let climbed = 0; climbed <= MAX_CLIMB && level?.parent; climbed += 1) {
    for (let before = node.prev; before; before = before.prev) {
      if (isTag(before) && before.name !== "br") return before;
      if (isText(before) && /[\p{L}\p{N}]/u.test(before.data)) return null;
    }
    if (!node.parent || !isTag(node.parent)) return null;
    node = node.parent;
    level = level.parent;
  }
  return null;
}

function isMarked(before: Element, value: Element, text: string): boolean {
  const names = before.attribs["class"] ?? "";
  if (LABEL_TAGS.has(before.name) || LABEL_CLASS.test(names) || text.endsWith(":")) return true;
  return TITLE_CLASS.test(names) && VALUE_CLASS.test(value.attribs["class"] ?? "");
}

/** Two boxes that stand alone together, the first without a link. */
function isPaired(before: Element): boolean {
  const around = before.parent?.children ?? [];
  const isPair = around.filter(isTag).length === 2 && !around.some((node) => isText(node) && /\S/.test(node.data));
  return isPair && before.name !== "a" && !before.children.some((child) => isTag(child) && child.name === "a");
}
