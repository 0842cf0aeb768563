import { isComment, isTag, isText, type AnyNode, type Element, type ParentNode, type Text } from "domhandler";
import { decodeHTML, decodeHTMLAttribute } from "entities";
import { RAW, type Token } from "./cut-source.ts";

const HTML = "http://www.w3.org/1999/xhtml";
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Their text is not decoded. */
const UNDECODED = new Set([...RAW].filter((name) => name !== "title" && name !== "textarea"));

/** Which tokens of the source an element was made of: `[start, end)` in the list of tokens. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

/** Where the nodes of a part of a page stand in its source. */
export interface Alignment {
  readonly elements: ReadonlyMap<Element, TokenSpan>;
  readonly texts: ReadonlyMap<Text, number>;
}

/**
 * Finds the children of an element in the source. Null unless each of them is exactly what its tokens say: every tag an
 * element, every text a text, all closed where they end. Where a parser repaired, moved or left out anything there is no
 * alignment.
 */
export function alignChildren(
  parent: Element,
  root: ParentNode,
  source: string,
  tokens: readonly Token[],
): Alignment | null {
  const first = parent.children.find(isTag);
  const start = first && tokenOf(first, root, tokens);
  if (start === undefined || start < 0) return null;
  const aligner = new Aligner(source, tokens);
  // What stands before the first element is found from there backwards.
  const before = parent.children.slice(0, parent.children.findIndex(isTag)).length;
  return aligner.alignAll(parent.children, start - before) ? aligner : null;
}

/** The token of an element's tag: the same among the tags of its name as the element among the elements of that name. */
function tokenOf(element: Element, root: ParentNode, tokens: readonly Token[]): number {
  const { nth, count } = placeAmongAlike(element, root);
  const tags: number[] = [];
  tokens.forEach((token, at) => {
    if (token.kind === "open" && token.name === element.name) tags.push(at);
  });
  return tags.length === count ? (tags[nth] ?? -1) : -1;
}

function placeAmongAlike(element: Element, root: ParentNode): { nth: number; count: number } {
  let [nth, count] = [-1, 0];
  let node: AnyNode | null = root.children[0] ?? null;
  while (node) {
    if (isTag(node) && node.name.toLowerCase() === element.name) {
      if (node === element) nth = count;
      count += 1;
    }
    let next: AnyNode | null = "children" in node ? (node.children[0] ?? null) : null;
    for (let up: AnyNode | null = node; !next && up && up !== root; up = up.parent) next = up.next;
    node = next;
  }
  return { nth, count };
}

class Aligner implements Alignment {
  readonly elements = new Map<Element, TokenSpan>();
  readonly texts = new Map<Text, number>();
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string, tokens: readonly Token[]) {
    this.#source = source;
    this.#tokens = tokens;
  }

  alignAll(nodes: readonly AnyNode[], from: number): boolean {
    this.#at = from;
    return nodes.every((node) => this.#align(node));
  }

  #align(node: AnyNode): boolean {
    const at = this.#at;
    const token = this.#tokens[at];
    this.#at += 1;
    if (!token) return false;
    if (isTag(node)) return token.kind === "open" && this.#alignElement(node, token, at);
    if (isComment(node)) return token.kind === "comment" && this.#slice(token.start + 4, token.end - 3) === node.data;
    if (!isText(node) || token.kind !== "text") return false;
    this.texts.set(node, at);
    const written = this.#slice(token.start, token.end);
    return (token.raw !== null && UNDECODED.has(token.raw) ? written : decodeHTML(written)) === node.data;
  }

  #alignElement(element: Element, tag: Extract<Token, { kind: "open" }>, start: number): boolean {
    if (tag.name !== element.name.toLowerCase() || tag.name === "template") return false;
    // In drawings the parser writes the names of attributes in its own way.
    const isSaid = tag.attributes.every(
      ({ name, value }) =>
        !value ||
        element.namespace !== HTML ||
        decodeHTMLAttribute(this.#slice(value.start, value.end)) === (element.attribs[name] ?? null),
    );
    if (!isSaid || !element.children.every((child) => this.#align(child))) return false;
    const endsAlone = VOID.has(tag.name) || (tag.closesItself && element.namespace !== HTML);
    const close = endsAlone ? null : this.#tokens[this.#at];
    if (close !== null && !(close?.kind === "close" && close.name === tag.name)) return false;
    if (close) this.#at += 1;
    this.elements.set(element, { start, end: this.#at });
    return true;
  }

  #slice(start: number, end: number): string {
    return this.#source.slice(start, end);
  }
}
