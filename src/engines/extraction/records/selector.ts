import { isTag, isText, type AnyNode, type Element, type Text } from "domhandler";

/**
 * The small part of CSS that recipes use. A recipe may come from anywhere, so the language has no construct whose cost
 * grows faster than the page: compounds of name, `#id`, `.class`, `[attr]`, `[attr="value"]` and `:nth(n)` (the n-th
 * among its siblings that match the rest of the compound), joined by `>` or a space. A selector may start with `:scope`
 * and end with ` > ::text` (the text at the start of an element) or ` + ::text` (the text right after it).
 */
export interface Selector {
  readonly source: string;
  readonly steps: readonly Step[];
  /** What the last step leads to. */
  readonly leaf: "element" | "first-text" | "next-text";
}

interface Step {
  readonly deep: boolean;
  readonly name: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
  readonly attributes: readonly (readonly [name: string, value: string | null])[];
  readonly nth: number;
}

const MAX_STEPS = 80;
/** Each step that may lead any number of levels down walks the page once more. */
const MAX_DEEP_STEPS = 6;
const IDENT = "(?:[\\w\\u00a0-\\uffff-]|\\\\.)+";
const PART = new RegExp(
  `^(?:(${IDENT}|\\*)|#(${IDENT})|\\.(${IDENT})|\\[([\\w:.-]+)(?:="((?:[^"\\\\]|\\\\.)*)")?\\]|:nth\\((\\d{1,5})\\))`,
);

const cache = new Map<string, Selector | null>();

/** Compiles a selector; null when it is not one of this language. */
export function compileSelector(source: string): Selector | null {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const compiled = parse(source);
  if (cache.size > 5000) cache.clear();
  cache.set(source, compiled);
  return compiled;
}

/** Writes a name so that it can stand in a selector. */
export const escapeName = (name: string): string => name.replace(/[^\w\u00a0-\uffff-]/g, (char) => `\\${char}`);

function parse(source: string): Selector | null {
  let rest = source.trim();
  let leaf: Selector["leaf"] = "element";
  const tail = /\s*([>+])\s*::text$/.exec(rest);
  if (tail) {
    leaf = tail[1] === ">" ? "first-text" : "next-text";
    rest = rest.slice(0, tail.index).trim();
  }
  const steps: Step[] = [];
  let deep = true;
  if (rest === ":scope") return { source, steps, leaf };
  if (/^:scope\b/.test(rest)) rest = rest.slice(6).trimStart();
  while (rest !== "") {
    if (rest.startsWith(">")) {
      deep = false;
      rest = rest.slice(1).trimStart();
    }
    const step = parseCompound(rest, deep);
    if (!step || steps.length >= MAX_STEPS) return null;
    steps.push(step.step);
    const after = rest.slice(step.length);
    deep = true;
    rest = after.trimStart();
    if (rest !== "" && !rest.startsWith(">") && rest.length === after.length) return null;
  }
  if (steps.length === 0 || steps.filter((step) => step.deep).length > MAX_DEEP_STEPS) return null;
  return { source, steps, leaf };
}

function parseCompound(text: string, deep: boolean): { step: Step; length: number } | null {
  let name: string | null = null;
  let id: string | null = null;
  let nth = 0;
  const classes: string[] = [];
  const attributes: [string, string | null][] = [];
  let at = 0;
  for (let match = PART.exec(text); match; match = PART.exec(text.slice(at))) {
    if (match[1] !== undefined) {
      if (at > 0) return null;
      name = match[1] === "*" ? null : unescape(match[1]).toLowerCase();
    } else if (match[2] !== undefined) id = unescape(match[2]);
    else if (match[3] !== undefined) classes.push(unescape(match[3]));
    else if (match[4] !== undefined) attributes.push([match[4], match[5] === undefined ? null : unescape(match[5])]);
    else nth = Number(match[6]);
    at += match[0].length;
  }
  return at === 0 ? null : { step: { deep, name, id, classes, attributes, nth }, length: at };
}

const unescape = (text: string): string => text.replace(/\\(.)/g, "$1");

/** All elements that a selector finds below these nodes (the nodes are the children of `:scope`), in document order. */
export function selectAll(selector: Selector, children: readonly AnyNode[]): Element[] {
  let current: readonly Element[] | null = null;
  for (const step of selector.steps) {
    current = nextOf(step, current, children);
    if (current.length === 0) break;
  }
  return [...(current ?? [])];
}

/** The first element that `selectAll` finds, or null; stops there. */
export function selectFirst({ steps }: Selector, children: readonly AnyNode[]): Element | null {
  const last = steps[steps.length - 1];
  if (!last) return null;
  if (steps.length === 1) return firstOf(last, children);
  let current: readonly Element[] | null = null;
  for (let i = 0; i + 1 < steps.length; i += 1) {
    const step = steps[i];
    if (step) current = nextOf(step, current, children);
    if (current?.length === 0) return null;
  }
  for (const element of current ?? []) {
    const found = firstOf(last, element.children);
    if (found) return found;
  }
  return null;
}

function nextOf(step: Step, current: readonly Element[] | null, children: readonly AnyNode[]): readonly Element[] {
  const [only] = current ?? [];
  if (current === null || (only && current.length === 1)) return matchesOf(step, only?.children ?? children);
  const next = current.flatMap((element) => matchesOf(step, element.children));
  // What stands inside two of the current elements is found below both.
  return step.deep ? [...new Set(next)] : next;
}

const matchesOf = (step: Step, children: readonly AnyNode[]): Element[] =>
  step.deep ? matchesBelow(step, children) : matchesAmong(step, children);

function firstOf(step: Step, children: readonly AnyNode[]): Element | null {
  if (step.deep) return step.nth > 0 ? (matchesBelow(step, children)[0] ?? null) : walkBelow(step, children, null);
  let count = 0;
  for (const child of children) if (isTag(child) && matches(step, child) && (count += 1) >= step.nth) return child;
  return null;
}

/** The text nodes that stand right after an element, or first inside it, up to the next element. */
export function textRun(first: AnyNode | null): Text[] {
  const run: Text[] = [];
  for (let node = first; node && !isTag(node); node = node.next) if (isText(node)) run.push(node);
  return run;
}

function matchesAmong(step: Step, children: readonly AnyNode[]): Element[] {
  const found: Element[] = [];
  let count = 0;
  for (const child of children) {
    if (!isTag(child) || !matches(step, child)) continue;
    count += 1;
    if (step.nth === count) return [child];
    if (step.nth === 0) found.push(child);
  }
  return found;
}

/** Walks without recursion, so that deep pages do not overflow the call stack. */
function matchesBelow(step: Step, children: readonly AnyNode[]): Element[] {
  const found: Element[] = [];
  if (step.nth === 0) {
    walkBelow(step, children, found);
    return found;
  }
  const hits = new Set(matchesAmong(step, children));
  const pending: AnyNode[] = children.toReversed();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!isTag(node)) continue;
    if (hits.delete(node)) found.push(node);
    if (node.children.length === 0) continue;
    for (const hit of matchesAmong(step, node.children)) hits.add(hit);
    for (let child = node.lastChild; child; child = child.prev) if (isTag(child)) pending.push(child);
  }
  return found;
}

/** Elements below that match by themselves, in document order: all are put into `found`, or the first is returned. */
function walkBelow(step: Step, children: readonly AnyNode[], found: Element[] | null): Element | null {
  for (const top of children)
    for (let node: AnyNode | null = top; node; node = followingIn(top, node)) {
      if (!isTag(node) || !matches(step, node)) continue;
      if (!found) return node;
      found.push(node);
    }
  return null;
}

/** The next node in document order inside `top`, or null. */
function followingIn(top: AnyNode, from: AnyNode): AnyNode | null {
  if (isTag(from) && from.firstChild) return from.firstChild;
  for (let node: AnyNode | null = from; node && node !== top; node = node.parent) if (node.next) return node.next;
  return null;
}

function matches(step: Step, element: Element): boolean {
  if (step.name !== null && element.name !== step.name) return false;
  if (step.id !== null && element.attribs["id"] !== step.id) return false;
  for (const name of step.classes) if (!hasClass(element, name)) return false;
  for (const [name, value] of step.attributes) {
    const actual = element.attribs[name];
    if (actual === undefined || (value !== null && actual !== value)) return false;
  }
  return true;
}

function hasClass(element: Element, name: string): boolean {
  const value = element.attribs["class"];
  if (value === undefined) return false;
  const at = value.indexOf(name);
  if (at < 0) return false;
  return value === name || value.split(/\s+/).includes(name);
}
