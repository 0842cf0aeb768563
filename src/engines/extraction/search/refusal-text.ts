import { outlineOf } from "../outline/page-outline.ts";
import { elementsBelow } from "../page/elements.ts";
import type { Page } from "../page/page.ts";

const ROLES: ReadonlySet<string> = new Set(["alert", "status", "alertdialog"]);
const ERROR = /(?:^|[\s_-])(?:error|errors|invalid|danger|fehler|erreur|fout)/i;
const TOLD = /(?:^|[\s_-])(?:alert|warning|warn|message|msg|notice|validation|feedback)/i;
const LONGEST = 300;

/**
 * What a page says of a search that it did not carry out: the words of a message that did not stand there before. Beside
 * records only what is plainly an error counts. Null where nothing is said.
 */
export function refusalText(page: Page, before: Page, hasRecords: boolean): string | null {
  const known = new Set(messagesOf(before).map(({ text }) => text));
  const fresh = messagesOf(page).filter(({ text }) => !known.has(text));
  return (fresh.find(({ isError }) => isError) ?? (hasRecords ? undefined : fresh[0]))?.text ?? null;
}

function messagesOf(page: Page): { text: string; isError: boolean }[] {
  const outline = outlineOf(page);
  const messages: { text: string; isError: boolean }[] = [];
  for (const node of elementsBelow(page.root)) {
    const { role = "", class: classes = "", id = "" } = node.attribs;
    const names = `${classes} ${id}`;
    const isError = ERROR.test(names) || role === "alert";
    const isTold = isError || ROLES.has(role) || "aria-live" in node.attribs || TOLD.test(names);
    const text = isTold ? outline.textOf(node) : "";
    if (text !== "" && text.length <= LONGEST) messages.push({ text, isError });
  }
  return messages;
}
