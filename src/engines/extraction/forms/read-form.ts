import { isTag, type Element } from "domhandler";
import { outlineOf } from "../outline/page-outline.ts";
import { baseUrlOf } from "../page/base-url-of.ts";
import { closest, elementsBelow, parentOf } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { textOf } from "../page/text-of.ts";
import { fieldLabel, labelsById } from "./field-labels.ts";
import type { FieldOption, FormControl, FormShape } from "./found-form.ts";

const CONTROLS = new Set(["input", "select", "textarea", "button"]);

/** A form with the elements it was read from, its controls in document order. */
export interface ReadForm {
  readonly node: Element;
  readonly shape: FormShape;
  readonly controls: readonly Element[];
  /** What stands around this form and no other, from the inside out: boxes that pages name after what they hold. */
  readonly around: readonly Element[];
}

interface PageForms {
  readonly forms: readonly ReadForm[];
  readonly byNode: ReadonlyMap<Element, ReadForm>;
  readonly byId: ReadonlyMap<string, ReadForm>;
}

const MOST_STRAY = 200;
const READ = new WeakMap<Page, PageForms>();

/** All forms of a page in document order, with the controls that a browser counts to each. */
export function readForms(page: Page): readonly ReadForm[] {
  return formsOf(page).forms;
}

/** Controls that stand in no form, in document order: what they hold only a script can send. */
export function strayControls(page: Page): FormControl[] {
  const labels = labelsById(outlineOf(page));
  const stray: FormControl[] = [];
  for (const node of elementsBelow(page.root)) {
    if (!CONTROLS.has(node.name) || stray.length >= MOST_STRAY) continue;
    if (node.attribs["form"] === undefined && !formOf(node, page))
      stray.push(readControl(node, fieldLabel(node, labels, outlineOf(page)), page));
  }
  return stray;
}

/** The form that a control belongs to: by its `form` attribute, by the parser's memory, or by its place. */
export function formOf(control: Element, page: Page): ReadForm | null {
  const { byNode, byId } = formsOf(page);
  const id = control.attribs["form"];
  if (id !== undefined) return byId.get(id) ?? null;
  const owner = page.strayControls.get(control) ?? closest(control, ({ name }) => name === "form");
  return (owner && byNode.get(owner)) ?? null;
}

function formsOf(page: Page): PageForms {
  const known = READ.get(page);
  if (known) return known;
  const labels = labelsById(outlineOf(page));
  const withControls = [...formsWithControls(page)];
  const boxes = Map.groupBy(
    withControls.flatMap(([node]) => boxesAround(node)),
    (box) => box,
  );
  const forms = withControls.map(([node, controls], index) => ({
    node,
    controls,
    around: boxesAround(node).filter((box) => boxes.get(box)?.length === 1),
    shape: readForm(node, controls, { page, index, labels }),
  }));
  const byId = new Map<string, ReadForm>();
  for (const form of forms.toReversed()) if (form.node.attribs["id"]) byId.set(form.node.attribs["id"], form);
  const read = { forms, byNode: new Map(forms.map((form) => [form.node, form])), byId };
  READ.set(page, read);
  return read;
}

const MOST_BOXES = 3;

function boxesAround(node: Element): Element[] {
  const boxes: Element[] = [];
  for (let box = parentOf(node); box && boxes.length < MOST_BOXES; box = parentOf(box)) {
    if (box.name === "body" || box.name === "html") break;
    boxes.push(box);
  }
  return boxes;
}

function formsWithControls(page: Page): Map<Element, Element[]> {
  const forms = new Map<Element, Element[]>();
  const byId = new Map<string, Element>();
  const controls: Element[] = [];
  for (const node of elementsBelow(page.root)) {
    if (node.name === "form") {
      forms.set(node, []);
      const id = node.attribs["id"];
      if (id !== undefined && !byId.has(id)) byId.set(id, node);
    } else if (CONTROLS.has(node.name)) controls.push(node);
  }
  for (const control of controls) {
    const id = control.attribs["form"];
    const inPlace = page.strayControls.get(control) ?? closest(control, ({ name }) => name === "form");
    const owner = id === undefined ? inPlace : byId.get(id);
    if (owner) forms.get(owner)?.push(control);
  }
  return forms;
}

function readForm(
  node: Element,
  controls: readonly Element[],
  { page, index, labels }: { page: Page; index: number; labels: ReadonlyMap<string, string> },
): FormShape {
  return {
    index,
    method: methodOf(node.attribs["method"]),
    action: actionOf(node.attribs["action"], node, page),
    name: node.attribs["name"] ?? node.attribs["id"] ?? "",
    fields: controls.map((control) => readControl(control, fieldLabel(control, labels, outlineOf(page)), page)),
    path: nodePath(node),
  };
}

function readControl(control: Element, label: string, page: Page): FormControl {
  const { attribs } = control;
  const type = typeOf(control);
  return {
    name: attribs["name"] ?? "",
    type,
    label,
    value: valueOf(control, type),
    ...(type === "select" ? { options: optionsOf(control), isMultiple: "multiple" in attribs } : {}),
    ...(type === "checkbox" || type === "radio" ? { isChecked: "checked" in attribs } : {}),
    required: "required" in attribs || attribs["aria-required"] === "true",
    disabled: isDisabled(control),
    ...(attribs["formaction"] ? { formAction: actionOf(attribs["formaction"], control, page) } : {}),
    ...(attribs["formmethod"] ? { formMethod: methodOf(attribs["formmethod"]) } : {}),
    path: nodePath(control),
  };
}

function typeOf({ name, attribs }: Element): string {
  const type = (attribs["type"] ?? "").trim().toLowerCase();
  if (name === "input") return type || "text";
  if (name === "button") return type === "button" || type === "reset" ? type : "submit";
  return name;
}

function valueOf(control: Element, type: string): string {
  if (control.name === "textarea") return rawText(control).replace(/\r?\n/g, "\r\n");
  if (type === "checkbox" || type === "radio") return control.attribs["value"] ?? "on";
  return control.attribs["value"] ?? "";
}

/** Text with its line breaks: `textOf` would collapse them. */
function rawText(node: Element): string {
  return node.children.map((child) => ("data" in child ? child.data : "")).join("");
}

/** Choices of a drop-down, in order. */
export function optionsOf(select: Element): FieldOption[] {
  const options: FieldOption[] = [];
  for (const option of elementsBelow(select)) {
    if (option.name !== "option") continue;
    const label = textOf(option);
    const group = option.parent && isTag(option.parent) ? option.parent : null;
    options.push({
      value: option.attribs["value"] ?? label,
      label: label || (option.attribs["label"] ?? ""),
      isSelected: "selected" in option.attribs,
      isDisabled: "disabled" in option.attribs || (group?.name === "optgroup" && "disabled" in group.attribs),
    });
  }
  return options;
}

/** Also off: all in a disabled fieldset but what stands in its first legend, and suggestions in a datalist. */
function isDisabled(control: Element): boolean {
  if ("disabled" in control.attribs) return true;
  const legend = closest(control, ({ name }) => name === "legend");
  return (
    closest(control, (element) => {
      if (element.name === "datalist") return true;
      return element.name === "fieldset" && "disabled" in element.attribs && legend?.parent !== element;
    }) !== null
  );
}

function methodOf(method = ""): "GET" | "POST" {
  return method.trim().toLowerCase() === "post" ? "POST" : "GET";
}

function actionOf(action: string | undefined, node: Element, page: Page): string {
  const written = (action ?? "").trim();
  if (written === "") return page.url ?? "";
  return resolveUrl(written, baseUrlOf(node, page)) ?? written;
}
