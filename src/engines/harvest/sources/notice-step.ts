import { textContent } from "domutils";
import { classifyPage, consentStep, type LinkStep, type Page, type PageStep } from "#engines/extraction";
import { linksOf, refreshTarget } from "./page-elements.ts";

const ACCEPTS =
  /\b(i (accept|agree|understand|acknowledge|consent)|accept|agree|continue|proceed|enter|yes|ok(ay)?)\b/i;
const REFUSES = /\b(not|don't|decline|disagree|refuse|reject|cancel|no|leave|exit|back)\b/i;
const LONGEST_LABEL = 60;

/**
 * The step that leads behind what a page shows instead of its content: a notice (terms, disclaimer) is accepted by its
 * form or by a link, a page that sends its visitor on is left. Null where nothing stands before the content.
 */
export function noticeStep(page: Page): PageStep | null {
  const target = refreshTarget(page);
  if (target !== null) return { kind: "link", url: target, role: "consent", label: "" };
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
