import type { Element } from "domhandler";
import { resolveUrl } from "./resolve-url.ts";

/** An address as an attribute holds it: the whole of it, or a string in the script of a click. */
export interface WrittenAddress {
  readonly attribute: string;
  readonly text: string;
  /** Where it stands in the attribute; null when it is all of it. */
  readonly range: readonly [number, number] | null;
}

/** An element, as far as its attributes tell where it leads. */
export type Attributed = Pick<Element, "attribs">;

const NOWHERE = /^\s*(?:javascript:|#\s*$)/i;
const GOES_TO =
  /(?:\blocation(?:\.href)?\s{0,9}=(?!=)|\blocation\.(?:assign|replace)\s{0,9}\(|\bwindow\.open\s{0,9}\()\s{0,9}(["'])([^"'\\\s]{1,2000})\1/;
const LONGEST_SCRIPT = 4000;

/** Attributes that may hold where an element leads, besides the `href` of a link. */
export const ROW_ATTRIBUTES = ["data-href", "onclick"] as const;

/** Whether the values of an attribute are addresses. */
export function holdsAddress(attribute: string): boolean {
  return attribute === "href" || attribute === "src" || attribute === "data-href" || attribute === "onclick";
}

/** Where an element leads, whoever takes one there: a link, or a row that is clicked. Null for what leads nowhere. */
export function writtenAddress(element: Attributed & Pick<Element, "name">): WrittenAddress | null {
  const isLink = element.name === "a" || element.name === "area";
  const linked = isLink ? addressIn(element, "href") : null;
  return linked ?? addressIn(element, "data-href") ?? addressIn(element, "onclick");
}

/** The address in one attribute of an element. */
export function addressIn({ attribs }: Attributed, attribute: string): WrittenAddress | null {
  const value = attribs[attribute];
  if (value === undefined || value.trim() === "") return null;
  if (attribute !== "onclick") return NOWHERE.test(value) ? null : { attribute, text: value, range: null };
  const match = value.length > LONGEST_SCRIPT ? null : GOES_TO.exec(value);
  const text = match?.[2];
  if (!match || text === undefined || NOWHERE.test(text)) return null;
  const start = match.index + match[0].length - text.length - 1;
  return { attribute, text, range: [start, start + text.length] };
}

/** The absolute address that an element leads to; null for what leads nowhere (`#`, `javascript:`). */
export function addressOf(element: Attributed & Pick<Element, "name">, baseUrl: string | null): string | null {
  const address = writtenAddress(element)?.text.trim();
  return address === undefined ? null : (resolveUrl(address, baseUrl) ?? address);
}
