import { textContent } from "domutils";
import { classifyPage, consentStep, type LinkStep, type Page, type PageStep } from "#engines/extraction";
import { linksOf } from "./page-elements.ts";

const ACCEPTS =
  /\b(i (accept|agree|understand|acknowledge|consent)|accept|agree|continue|proceed|enter|yes|ok(ay)?)\b/i;
const REFUSES = /\b(not|don't|decline|disagree|refuse|reject|cancel|no|leave|exit|back)\b/i;
const LONGEST_LABEL = 60;

/**
 * The step that accepts the notice (terms, disclaimer) a page shows instead of its content, by its form or by a link;
 * null where the page shows no such notice.
 */
export function noticeStep(page: Page): PageStep | null {
  const step = consentStep(page);
  if (step) return step;
  return classifyPage(page, { list: null }).kind === "consent" ? acceptingLink(page) : null;
}

function acceptingLink(page: Page): LinkStep | null {
  for (const { url, element } of linksOf(page)) {
    const label = textContent(element).replace(/\s+/g, " ").trim();
    if (label.length <= LONGEST_LABEL && ACCEPTS.test(label) && !REFUSES.test(label))
      return { kind: "link", url, role: "consent", label };
  }
  return null;
}
