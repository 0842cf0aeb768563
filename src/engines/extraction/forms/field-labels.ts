import { isTag, type Element } from "domhandler";
import type { PageOutline } from "../outline/page-outline.ts";
import { closest, parentOf } from "../page/elements.ts";

const MAX_LABEL = 120;
/** Siblings that are looked at: labels stand close by, and hostile pages have very many. */
const MAX_LOOK = 6;
const FIELDS = new Set(["input", "select", "textarea", "button"]);

/** Texts of all `<label for>` of a page, by the id they are for. */
export function labelsById(outline: PageOutline): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const label of outline.elements)
    if (label.name === "label" && label.attribs["for"]) labels.set(label.attribs["for"], outline.textOf(label));
  return labels;
}

/** What a person reads beside a control: its label, or what stands inside it, or the cell or text before it. */
export function fieldLabel(control: Element, byFor: ReadonlyMap<string, string>, outline: PageOutline): string {
  return labelOf(control, byFor, outline).slice(0, MAX_LABEL);
}

function labelOf(control: Element, byFor: ReadonlyMap<string, string>, outline: PageOutline): string {
  const { attribs, name } = control;
  const type = (attribs["type"] ?? "").toLowerCase();
  if (name === "button")
    return outline.textOf(control) || (attribs["aria-label"] ?? attribs["value"] ?? attribs["title"] ?? "");
  if (["submit", "button", "reset", "image"].includes(type))
    return attribs["value"] ?? attribs["alt"] ?? attribs["title"] ?? attribs["aria-label"] ?? "";
  const own = byFor.get(attribs["id"] ?? "") ?? "";
  if (own !== "") return own;
  const around = closest(control, (element) => element.name === "label");
  const spoken =
    (around ? outline.textOf(around) : "") || attribs["aria-label"] || attribs["placeholder"] || attribs["title"];
  return (
    spoken?.trim() ||
    (type === "checkbox" || type === "radio" ? textAfter(control, outline) : "") ||
    textBefore(control, outline)
  );
}

/** Boxes have their words behind them. */
function textAfter(control: Element, outline: PageOutline): string {
  for (let after = control.next, seen = 0; after && seen < MAX_LOOK; after = after.next, seen += 1) {
    if (isTag(after) && FIELDS.has(after.name)) return "";
    const text = outline.textOf(after);
    if (text !== "") return text;
  }
  return "";
}

/** The nearest text before a control, within its cell, or in the cell before. */
function textBefore(control: Element, outline: PageOutline): string {
  for (let node: Element | null = control, climbed = 0; node && climbed < 3; node = parentOf(node), climbed += 1) {
    for (let before = node.prev, seen = 0; before && seen < MAX_LOOK; before = before.prev, seen += 1) {
      if (isTag(before) && FIELDS.has(before.name)) return "";
      const text = outline.textOf(before);
      if (text !== "") return text;
    }
    if (node.name === "form" || node.name === "tr") return "";
  }
  return "";
}
