import { type Document, Element, Text, isText, type ChildNode, type ParentNode } from "domhandler";
import type { TreeAdapter } from "parse5";
import { adapter, type Htmlparser2TreeAdapterMap } from "parse5-htmlparser2-tree-adapter";
import { PREFORMATTED } from "./break-lines.ts";
import { PageTooComplex } from "./errors.ts";
import { QuickParser } from "./quick-tokenizer.ts";

const FORM_CONTROLS = new Set(["button", "input", "select", "textarea"]);

type Attributes = Record<string, string>;

/** What was built, with the elements that every page is asked for, in the order in which they were opened. */
export interface BuiltTree {
  readonly root: Document;
  readonly bases: readonly Element[];
  readonly titles: readonly Element[];
  /** Elements whose lines end where they end in the source. */
  readonly preformatted: readonly Element[];
  /** Form controls with the form that was open when they were met, wherever the parser then put them. */
  readonly controls: readonly (readonly [control: Element, form: Element])[];
}

/**
 * Parses as a browser would (WHATWG HTML, by parse5) into domhandler nodes, and gives up with `PageTooComplex` once
 * the page has more than `maxNodes`. Nodes are the measure because all that markup can do to make a parser slow
 * (misnested formatting that is opened again and again, tables that throw out their content) makes nodes.
 */
export function buildTree(text: string, maxNodes: number): BuiltTree {
  const bases: Element[] = [];
  const titles: Element[] = [];
  const preformatted: Element[] = [];
  const controls: [Element, Element][] = [];
  let nodes = 0;
  const count = (): void => {
    if ((nodes += 1) > maxNodes) throw new PageTooComplex({ maxNodes });
  };
  const treeAdapter: TreeAdapter<Htmlparser2TreeAdapterMap> = {
    ...adapter,
    createElement(name, namespace, attrs) {
      count();
      const attribs = noAttributes();
      for (const { name: attribute, value } of attrs) attribs[attribute] = value;
      const element = new Element(name, attribs, []);
      element.namespace = namespace;
      if (name === "base") bases.push(element);
      else if (name === "title") titles.push(element);
      else if (PREFORMATTED.has(name)) preformatted.push(element);
      return element;
    },
    onElementCreated(element, { formElement, isInTemplate }) {
      if (formElement && !isInTemplate && FORM_CONTROLS.has(element.name)) controls.push([element, formElement]);
    },
    adoptAttributes(recipient, attrs) {
      for (const { name, value } of attrs) recipient.attribs[name] ??= value;
    },
    insertText(parent, data) {
      const last = parent.children[parent.children.length - 1];
      if (last && isText(last)) last.data += data;
      else {
        count();
        append(parent, new Text(data));
      }
    },
    insertTextBefore(parent, data, reference) {
      const before = reference.prev;
      if (before && isText(before)) before.data += data;
      else {
        count();
        treeAdapter.insertBefore(parent, new Text(data), reference);
      }
    },
    appendChild: append,
  };
  const root: Document = QuickParser.parse(text, { treeAdapter });
  return { root, bases, titles, preformatted, controls };
}

function append(parent: ParentNode, node: ChildNode): void {
  const { children } = parent;
  const last = children[children.length - 1];
  if (last) {
    last.next = node;
    node.prev = last;
  }
  children.push(node);
  node.parent = parent;
}

/** Nothing is inherited, so that an attribute named `constructor` is one and its absence is its absence. */
const NOTHING: object = Object.freeze(Object.create(null) ?? {});

function noAttributes(): Attributes {
  return Object.create(NOTHING);
}
