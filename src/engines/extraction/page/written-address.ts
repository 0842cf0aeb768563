import type { Element } from "domhandler";
import { resolveUrl } from "./resolve-url.ts";

/** An address as an attribute holds it: the whole of it, or a string in the script of a click. */
export interface WrittenAddress {
  readonly attribute: string;
  readonly text: string;
  /** Where it stands in the attribute; null when it is all of it. */
  readonly range: readonly [number, number] | null;
}

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

/** Attributes that may tell where an element of this name leads, whoever takes one there. The first that does counts. */
export function leadingAttributes(name: string): readonly string[] {
  return name === "a" || name === "area" ? LINK_ATTRIBUTES : ROW_ATTRIBUTES;
}

const LINK_ATTRIBUTES = ["href", ...ROW_ATTRIBUTES];

/** Where an element leads: a link, or a row that is clicked. Null for what leads nowhere. */
export function writtenAddress({ name, attribs }: Pick<Element, "name" | "attribs">): WrittenAddress | null {
  for (const attribute of leadingAttributes(name)) {
    const written = addressIn(attribute, attribs[attribute]);
    if (written) return written;
  }
  return null;
}

/** The address in what an attribute holds. */
export function addressIn(attribute: string, value: string | undefined): WrittenAddress | null {
  if (value === undefined || value.trim() === "") return null;
  if (attribute !== "onclick") return NOWHERE.test(value) ? null : { attribute, text: value, range: null };
  const match = value.length > LONGEST_SCRIPT ? null : GOES_TO.exec(value);
  const text = match?.[2];
  if (!match || text === undefined || NOWHERE.test(text)) return null;
  const start = match.index + match[0].length - text.length - 1;
  return { attribute, text, range: [start, start + text.length] };
}

/** The absolute address that an element leads to; null for what leads nowhere (`#`, `javascript:`). */
export function addressOf(element: Pick<Element, "name" | "attribs">, baseUrl: string | null): string | null {
  const written = writtenAddress(element);
  return written && absoluteAddress(written, baseUrl);
}

export function absoluteAddress({ text }: WrittenAddress, baseUrl: string | null): string {
  const address = text.trim();
  return resolveUrl(address, baseUrl) ?? address;
}
