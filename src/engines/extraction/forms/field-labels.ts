import { isTag, type Element, type ParentNode } from "domhandler";
import { closest, elementsBelow, parentOf } from "../page/elements.ts";
import { textOf } from "../page/text-of.ts";

const MAX_LABEL = 120;
const FIELDS = new Set(["input", "select", "textarea", "button"]);

/** Texts of all `<label for>` of a page, by the id they are for. */
export function labelsById(root: ParentNode): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const label of elementsBelow(root))
    if (label.name === "label" && label.attribs["for"]) labels.set(label.attribs["for"], textOf(label));
  return labels;
}

/** What a person reads beside a control: its label, or what stands inside it, or the cell or text before it. */
export function fieldLabel(control: Element, byFor: ReadonlyMap<string, string>): string {
  return labelOf(control, byFor).slice(0, MAX_LABEL);
}

function labelOf(control: Element, byFor: ReadonlyMap<string, string>): string {
  const { attribs, name } = control;
  const type = (attribs["type"] ?? "").toLowerCase();
  if (name === "button")
    return textOf(control) || (attribs["aria-label"] ?? attribs["value"] ?? attribs["title"] ?? "");
  if (["submit", "button", "reset", "image"].includes(type))
    return attribs["value"] ?? attribs["alt"] ?? attribs["title"] ?? attribs["aria-label"] ?? "";
  const own = byFor.get(attribs["id"] ?? "") ?? "";
  if (own !== "") return own;
  const around = closest(control, (element) => element.name === "label");
  const spoken = (around ? textOf(around) : "") || attribs["aria-label"] || attribs["placeholder"] || attribs["title"];
  return spoken?.trim() || (type === "checkbox" || type === "radio" ? textAfter(control) : "") || textBefore(control);
}

/** Boxes have their words behind them. */
function textAfter(control: Element): string {
  for (let after = control.next; after; after = after.next) {
    if (isTag(after) && FIELDS.has(after.name)) return "";
    const text = textOf(after);
    if (text !== "") return text;
  }
  return "";
}

/** The nearest text before a control, within its cell, or in the cell before. */
function textBefore(control: Element): string {
  for (let node: Element | null = control, climbed = 0; node && climbed < 3; node = parentOf(node), climbed += 1) {
    for (let before = node.prev; before; before = before.prev) {
      if (isTag(before) && FIELDS.has(before.name)) return "";
      const text = textOf(before);
      if (text !== "") return text;
    }
    if (node.name === "form" || node.name === "tr") return "";
  }
  return "";
}
