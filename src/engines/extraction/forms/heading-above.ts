import { isTag, type Element } from "domhandler";
import { elementsBelow, parentOf } from "../page/elements.ts";
import { textOf } from "../page/text-of.ts";

const HEADS = /^(?:h[1-6]|legend|caption)$/;
const MAX_CLIMB = 4;
/** Siblings, and elements within each, that are looked at: a form's heading stands close by, and hostile pages have very many. */
const MAX_LOOK = 6;
const MAX_WITHIN = 200;
const MAX_HEADING = 120;

/** The heading that a form stands under, empty where another form or too much stands between them. */
export function headingAbove(form: Element): string {
  let node: Element | null = form;
  for (let climbed = 0; node && climbed < MAX_CLIMB && node.name !== "body"; climbed += 1) {
    for (let before = node.prev, seen = 0; before && seen < MAX_LOOK; before = before.prev, seen += 1) {
      if (!isTag(before)) continue;
      if (before.name === "form") return "";
      const heading = lastHeading(before);
      if (heading) return textOf(heading).slice(0, MAX_HEADING);
    }
    node = parentOf(node);
  }
  return "";
}

function lastHeading(node: Element): Element | null {
  let last = HEADS.test(node.name) ? node : null;
  let seen = 0;
  for (const inner of elementsBelow(node)) {
    if ((seen += 1) > MAX_WITHIN) break;
    if (HEADS.test(inner.name)) last = inner;
  }
  return last;
}
