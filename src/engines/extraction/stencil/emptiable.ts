import { isTag, isText, type Element } from "domhandler";
import { isRecordByBuild } from "../lists/locate-records.ts";
import type { ListRule } from "../lists/list-rule.ts";
import { elementsBelow } from "../page/elements.ts";
import { INVISIBLE } from "../page/text-of.ts";

const HTML = "http://www.w3.org/1999/xhtml";
/** Elements whose words a parser puts somewhere else, or drops, or reads in ways of its own. */
const NO_WORDS = new Set("table tbody thead tfoot tr colgroup select optgroup option pre listing textarea".split(" "));
const NONE: ReadonlySet<Element> = new Set();

/**
 * The elements of a row that hold words and nothing else, and may be empty in other rows: where each of them may be and
 * the row is a record still. Null where even the row as it stands is a record for its words, not for how it is built.
 */
export function emptiableIn(row: Element, rule: ListRule): ReadonlySet<Element> | null {
  const emptiable = new Set([...elementsBelow(row)].filter(holdsOnlyWords));
  if (isRecordByBuild(row, rule, emptiable)) return emptiable;
  return isRecordByBuild(row, rule, NONE) ? NONE : null;
}

/** A parser builds such an element in the same way whatever text it holds. */
function holdsOnlyWords({ name, namespace, children: [only, further] }: Element): boolean {
  if (namespace !== HTML || NO_WORDS.has(name) || INVISIBLE.has(name)) return false;
  return only !== undefined && further === undefined && !isTag(only) && isText(only) && only.data.trim() !== "";
}
