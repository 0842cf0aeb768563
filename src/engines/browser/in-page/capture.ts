import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;
declare const location: { href: string };

/** What one document looks like now. `holes` are frames of other origins, each still an empty `data-gleaner-hole`. */
export interface Capture {
  html: string;
  /** Of the body alone, to be put in place of the frame. */
  inner: string;
  baseUrl: string;
  url: string;
  title: string;
  holes: number;
}

interface Work {
  /** Without scripts: neither a custom element nor an image wakes up in a copy that belongs to it. */
  inert: DomDocument;
  holes: number;
}

/**
 * Source of an expression that runs in the page and gives a `Capture` of the document as it is rendered now. Open shadow roots
 * become `<div data-gleaner-shadow>`, frames `<div data-gleaner-frame="URL">`, what was typed or chosen becomes markup;
 * passwords are left out. The functions below are sent together, because a function alone loses its neighbours on the way.
 */
export function captureSource(): string {
  const parts = [
    isDrawn,
    keepInput,
    frameWrapper,
    shadowWrapper,
    copyWithSelf,
    innerOf,
    copyOf,
    unframe,
    captureDocument,
  ];
  return `(() => {\n${parts.join("\n")}\nreturn ${captureDocument.name}();\n})()`;
}

function captureDocument(): Capture {
  const work: Work = { inert: document.implementation.createHTMLDocument(""), holes: 0 };
  const { doctype } = document;
  const ids = doctype?.publicId ? ` PUBLIC "${doctype.publicId}" "${doctype.systemId}"` : "";
  const whole = copyOf(document.documentElement, work);
  unframe(whole, work);
  return {
    html: (doctype ? `<!DOCTYPE ${doctype.name}${ids}>\n` : "") + whole.outerHTML,
    inner: innerOf(document, whole),
    baseUrl: document.baseURI,
    url: location.href,
    title: document.title,
    holes: work.holes,
  };
}

function copyOf(root: DomElement, work: Work): DomElement {
  const originals = root.querySelectorAll("*");
  const special: number[] = [];
  for (let at = 0; at < originals.length; at += 1) {
    const element = originals[at];
    if (element && (element.shadowRoot || element.matches("iframe,frame,input,textarea,option"))) special.push(at);
  }
  const copy = work.inert.importNode(root, true);
  if (special.length === 0) return copy;
  // Both lists are in document order, so a copy stands at the place of its original.
  const copies = Array.from(copy.querySelectorAll("*"));
  for (const at of special) {
    const original = originals[at];
    const twin = copies[at];
    if (!original || !twin) continue;
    if (original.localName === "iframe" || original.localName === "frame") {
      twin.replaceWith(frameWrapper(original, work));
    } else if (original.shadowRoot) {
      twin.insertBefore(shadowWrapper(original.shadowRoot, work), twin.firstChild);
    } else {
      keepInput(original, twin);
    }
  }
  return copy;
}

function shadowWrapper(shadow: DomElement, work: Work): DomElement {
  const wrapper = work.inert.createElement("div");
  wrapper.setAttribute("data-gleaner-shadow", "");
  // A shadow root cannot be imported, but its children can: elements with all that is special in them, the rest as it is.
  let elements = 0;
  for (let at = 0; at < shadow.childNodes.length; at += 1) {
    const child = shadow.childNodes[at];
    const element = child?.nodeType === 1 ? shadow.children[elements] : undefined;
    if (element) elements += 1;
    if (child) wrapper.append(element ? copyWithSelf(element, work) : work.inert.importNode(child, true));
  }
  return wrapper;
}

/** `copyOf` looks at what is inside an element; the element itself may be special too. */
function copyWithSelf(element: DomElement, work: Work): DomElement {
  if (element.localName === "iframe" || element.localName === "frame") return frameWrapper(element, work);
  const copy = copyOf(element, work);
  if (element.shadowRoot) copy.insertBefore(shadowWrapper(element.shadowRoot, work), copy.firstChild);
  else if (element.matches("input,textarea,option")) keepInput(element, copy);
  return copy;
}

function frameWrapper(frame: DomElement, work: Work): DomElement {
  const wrapper = work.inert.createElement("div");
  // Null, not an error, for a frame of another origin.
  const inside = frame.contentDocument ?? null;
  wrapper.setAttribute("data-gleaner-frame", inside?.baseURI ?? frame.getAttribute("src") ?? "");
  if (!isDrawn(frame)) return wrapper;
  if (inside?.documentElement) {
    const copy = copyOf(inside.documentElement, work);
    unframe(copy, work);
    wrapper.innerHTML = innerOf(inside, copy);
  } else {
    frame[Symbol.for("gleaner.hole")] = work.holes;
    wrapper.setAttribute("data-gleaner-hole", String(work.holes));
    work.holes += 1;
  }
  return wrapper;
}

/** A parser drops every div inside a frameset, so the frames of one stand in a body instead. */
function unframe(root: DomElement, { inert }: Work): void {
  for (const frameset of Array.from(root.querySelectorAll("frameset"))) {
    if (frameset.parentElement !== root) continue;
    const body = inert.createElement("body");
    for (const frame of Array.from(frameset.querySelectorAll("[data-gleaner-frame]"))) body.append(frame);
    frameset.replaceWith(body);
  }
}

function innerOf(doc: DomDocument, copy: DomElement): string {
  const body = copy.querySelector("body");
  if (body) return body.innerHTML;
  return doc.body ? "" : copy.innerHTML;
}

/** Tracking frames and hidden ones hold nothing that a reader sees. */
function isDrawn(frame: DomElement): boolean {
  return frame.clientWidth > 1 && frame.clientHeight > 1;
}

function keepInput(original: DomElement, copy: DomElement): void {
  const set = (name: string, isOn: boolean): void => (isOn ? copy.setAttribute(name, "") : copy.removeAttribute(name));
  if (original.localName === "option") {
    if (original.selected !== original.defaultSelected) set("selected", original.selected === true);
  } else if (original.localName === "textarea") {
    if (original.value !== original.defaultValue) copy.textContent = original.value ?? "";
  } else if (original.type === "password") {
    copy.removeAttribute("value");
  } else if (original.type === "checkbox" || original.type === "radio") {
    if (original.checked !== original.defaultChecked) set("checked", original.checked === true);
  } else if (original.type !== "file" && original.value !== original.defaultValue) {
    copy.setAttribute("value", original.value ?? "");
  }
}
