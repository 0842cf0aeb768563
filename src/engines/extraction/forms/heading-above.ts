import { isTag, type Element } from "domhandler";
import { elementsBelow, parentOf } from "../page/elements.ts";
import { textOf } from "../page/text-of.ts";

const HEADS = /^(?:h[1-6]|legend|caption)$/;

/** Whether an element says what stands below it. */
export const isHeading = ({ name }: Element): boolean => HEADS.test(name);

const MAX_CLIMB = 4;
/** Siblings, and elements within each, that are looked at: a form's heading stands close by, and hostile pages have very many. */
const MAX_LOOK = 6;
const MAX_WITHIN = 200;
const MAX_HEADING = 120;

/**
 * The heading that a form stands under, empty where another form or too much stands between them; with `isOwn` also where the
 * other form stands inside of a box between them.
 */
export function headingAbove(form: Element, { isOwn = false } = {}): string {
  let node: Element | null = form;
  for (let climbed = 0; node && climbed < MAX_CLIMB && node.name !== "body"; climbed += 1) {
    for (let before = node.prev, seen = 0; before && seen < MAX_LOOK; before = before.prev, seen += 1) {
      if (!isTag(before)) continue;
      if (before.name === "form") return "";
      const heading = lastHeading(before, isOwn);
      if (heading) return textOf(heading).slice(0, MAX_HEADING);
    }
    node = parentOf(node);
  }
  return "";
}

function lastHeading(node: Element, isOwn: boolean): Element | null {
  let last = isHeading(node) ? node : null;
  let seen = 0;
  for (const inner of elementsBelow(node)) {
    if ((seen += 1) > MAX_WITHIN) break;
    if (isHeading(inner)) last = inner;
    else if (isOwn && inner.name === "form") last = null;
  }
  return last;
}
