import type { Element } from "domhandler";
import type { FormControl } from "../forms/found-form.ts";
import { formOf, type ReadForm } from "../forms/read-form.ts";
import type { Page } from "../page/page.ts";

const BUTTON = /^(?:submit|image|button)$/;
/** What a pager counts stands in a few fields; a form of more is asked about once for each of its buttons. */
const MOST_HIDDEN = 100;

interface Silent {
  /** Its fields that are hidden; null where it has others that people fill, or very many. */
  readonly hidden: readonly FormControl[] | null;
  readonly senders: ReadonlySet<Element>;
}

const SILENT = new WeakMap<ReadForm, Silent>();

/** Whether a button sends a form that asks its visitor for nothing: all that it says is hidden in it. */
export function isSentAsItIs(node: Element, page: Page): boolean {
  const fields = hiddenFieldsOf(node, page);
  return fields !== null && fields.length > 0;
}

/** The hidden fields that a button sends, where it sends nothing else; null where it does something else. */
export function hiddenFieldsOf(node: Element, page: Page): readonly FormControl[] | null {
  const form = node.name === "button" || node.name === "input" ? formOf(node, page) : null;
  if (!form) return null;
  const { hidden, senders } = silenceOf(form);
  return senders.has(node) ? hidden : null;
}

function silenceOf(form: ReadForm): Silent {
  const known = SILENT.get(form);
  if (known) return known;
  const { fields } = form.shape;
  const others = fields.filter(({ type }) => !BUTTON.test(type));
  const isSilent = others.length <= MOST_HIDDEN && others.every(({ type }) => type === "hidden");
  const sends = (_: Element, at: number) => fields[at]?.type === "submit" || fields[at]?.type === "image";
  const silent = { hidden: isSilent ? others : null, senders: new Set(form.controls.filter(sends)) };
  SILENT.set(form, silent);
  return silent;
}
