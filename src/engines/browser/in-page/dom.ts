/**
 * The parts of the DOM that our in-page functions touch. The program is compiled without the browser's types, so that nobody
 * takes a browser's global for one of Node's; one wide interface per node kind is all that these few functions need.
 */
export interface DomNode {
  readonly nodeType: number;
  readonly parentNode: DomElement | null;
  textContent: string | null;
  cloneNode(deep: boolean): DomNode;
}

export interface DomElement extends DomNode {
  readonly tagName: string;
  readonly localName: string;
  readonly children: ArrayLike<DomElement>;
  readonly childNodes: ArrayLike<DomNode>;
  readonly firstChild: DomNode | null;
  readonly parentElement: DomElement | null;
  readonly shadowRoot: DomElement | null;
  /** Of a shadow root. */
  readonly host?: DomElement;
  readonly contentDocument?: DomDocument | null;
  readonly isConnected: boolean;
  readonly outerHTML: string;
  innerHTML: string;
  readonly innerText?: string;
  readonly style: Record<string, string> & {
    cssText: string;
    setProperty(name: string, value: string, priority: string): void;
  };
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly clientWidth: number;
  scrollTop: number;
  readonly form?: DomElement | null;
  readonly disabled?: boolean;
  name?: string;
  type?: string;
  value?: string;
  defaultValue?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  selected?: boolean;
  defaultSelected?: boolean;
  [mark: symbol]: unknown;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  removeAttribute(name: string): void;
  insertBefore(node: DomNode, before: DomNode | null): void;
  append(...nodes: DomNode[]): void;
  replaceWith(...nodes: DomNode[]): void;
  remove(): void;
  matches(selector: string): boolean;
  closest(selector: string): DomElement | null;
  contains(other: DomNode): boolean;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): ArrayLike<DomElement> & Iterable<DomElement>;
  checkVisibility(options?: { visibilityProperty?: boolean; opacityProperty?: boolean }): boolean;
  getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  scrollIntoView(options: { block: "center"; inline: "nearest"; behavior: "instant" }): void;
  click(): void;
  requestSubmit?(): void;
}

export interface DomDocument extends DomElement {
  readonly documentElement: DomElement;
  readonly body: DomElement | null;
  readonly head: DomElement | null;
  readonly doctype: { name: string; publicId: string; systemId: string } | null;
  readonly baseURI: string;
  readonly title: string;
  readonly readyState: "loading" | "interactive" | "complete";
  readonly scrollingElement: DomElement | null;
  readonly implementation: { createHTMLDocument(title: string): DomDocument };
  importNode(node: DomNode, deep: boolean): DomElement;
  createElement(name: string): DomElement;
}
