import { isTag, type Element } from "domhandler";
import { elementsBelow, parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";

const NAMED = ["rel", "aria-label", "title", "name", "data-action", "data-testid", "value"];
const MAX_SCOPES = 6;
const MAX_CLASSES = 6;
/** How selectors by place begin. */
const PLACE = "body > ";

/**
 * CSS selectors that match an element and nothing else on its page, the most durable first: by its relation, its
 * name for people, its id, its class, and last by its place. Names with digits are left out: they are often counted.
 */
export function durableSelectors(node: Element, page: Page): string[] {
  const own = ownSelectors(node);
  const scoped = scopesOf(node).flatMap((scope) => own.map((selector) => `${scope} ${selector}`));
  const elements = [...elementsBelow(page.root)].filter(
    ({ name, attribs }) => name === node.name || attribs["id"] === node.attribs["id"],
  );
  const isOnly = (selector: string): boolean =>
    elements.every((element) => (element === node) === fitsSelector(element, selector));
  return [...[...own, ...scoped].filter(isOnly).slice(0, 3), placeSelector(node)];
}

function ownSelectors(node: Element): string[] {
  const { name, attribs } = node;
  const named = NAMED.flatMap((key) => {
    const value = attribs[key];
    return value && !/\d/.test(value) && value.length <= 40 ? [`${name}[${key}=${quoted(value)}]`] : [];
  });
  return [...named, ...idSelector(node), ...classSelectors(node)];
}

function idSelector({ attribs }: Element): string[] {
  const id = attribs["id"];
  return id && isStableName(id) ? [`#${id}`] : [];
}

function classSelectors({ name, attribs }: Element): string[] {
  const classes = (attribs["class"] ?? "").slice(0, 1000).split(/\s+/).filter(isStableName).slice(0, MAX_CLASSES);
  return classes.map((one) => `${name}.${one}`);
}

function scopesOf(node: Element): string[] {
  const scopes: string[] = [];
  for (let around = parentOf(node); around && scopes.length < MAX_SCOPES; around = parentOf(around))
    scopes.push(...idSelector(around), ...classSelectors(around));
  return scopes;
}

function isStableName(name: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(name) && !/\d{2}/.test(name);
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** The only element of a page that fits a selector made by `durableSelectors`; null when none or several do. */
export function onlyElement(selector: string, page: Page): Element | null {
  if (selector.startsWith(PLACE)) return elementAt(selector, page);
  let found: Element | null = null;
  for (const element of elementsBelow(page.root)) {
    if (!fitsSelector(element, selector)) continue;
    if (found) return null;
    found = element;
  }
  return found;
}

/** Whether an element fits a selector by name, class or attribute; of other kinds, none does. */
function fitsSelector(element: Element, selector: string): boolean {
  const steps = selector.match(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  const [scope = "", inner] = steps;
  if (inner === undefined) return fits(element, scope);
  if (steps.length > 2 || !fits(element, inner)) return false;
  for (let around = parentOf(element); around; around = parentOf(around)) if (fits(around, scope)) return true;
  return false;
}

function fits({ name, attribs }: Element, selector: string): boolean {
  if (selector.startsWith("#")) return attribs["id"] === selector.slice(1);
  const attribute = /^([\w-]+)\[([\w-]+)="((?:\\.|[^"\\])*)"\]$/.exec(selector);
  if (attribute) return name === attribute[1] && attribs[attribute[2] ?? ""] === attribute[3]?.replace(/\\(.)/g, "$1");
  const [tag = "", token = ""] = selector.split(".");
  return token !== "" && name === tag && (attribs["class"] ?? "").split(/\s+/).includes(token);
}

/** The element by its place: `body > div:nth-of-type(2) > a:nth-of-type(5)`. */
function placeSelector(node: Element): string {
  const steps: string[] = [];
  for (let element: Element | null = node; element && element.name !== "html"; element = parentOf(element)) {
    let position = 1;
    for (let before = element.prev; before; before = before.prev)
      if ("name" in before && before.name === element.name) position += 1;
    steps.push(element.name === "body" ? "body" : `${element.name}:nth-of-type(${String(position)})`);
  }
  return steps.reverse().join(" > ");
}

function elementAt(selector: string, page: Page): Element | null {
  let element = page.root.children.filter(isTag).find(({ name }) => name === "html") ?? null;
  for (const step of selector.split(" > ")) {
    const [, name = step, position = "1"] = /^([\w-]+):nth-of-type\((\d+)\)$/.exec(step) ?? [];
    const alike = element?.children.filter((child) => isTag(child) && child.name === name) ?? [];
    const next = alike[Number(position) - 1];
    if (!next || !isTag(next)) return null;
    element = next;
  }
  return element;
}
