import { parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { fillForm } from "../forms/fill-form.ts";
import { formOf, readForms, type ReadForm } from "../forms/read-form.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { isWired, type Control } from "./control.ts";
import { durableSelectors } from "./durable-selector.ts";
import type { PageStep, StepRole } from "./pagination.ts";
import { readPostBack, type PostBack } from "./post-back.ts";
import { readScriptedSubmit } from "./scripted-submit.ts";

/** Where a control leads: an address, a form that a browser would send, or else a click. Null when it is off. */
export function stepOf(control: Control, page: Page, role: StepRole, number = control.said.number): PageStep | null {
  if (control.isDisabled) return null;
  const told = { role, label: control.label, ...(number === null ? {} : { page: number }) };
  const postBack = readPostBack(control);
  if (postBack && (postBack.isSentByScript || control.node.name === "a"))
    return postBackStep(postBack, control, page, told) ?? clickStep(control, page, told);
  const scripted = scriptedStep(control, page, told);
  if (scripted) return scripted;
  if (control.url !== "" && /^https?:/i.test(control.url)) return { kind: "link", url: control.url, ...told };
  if (control.url !== "" && page.baseUrl === null) return { kind: "link", url: control.url, ...told };
  return (
    submitStep(control, page, told, postBack) ??
    (control.node.name === "a" && control.script === "" && !looksAlive(control) ? null : clickStep(control, page, told))
  );
}

/** Whether a control's script sends a form with fields of its own. */
export function postsBack(control: Control): boolean {
  return readPostBack(control) !== null || readScriptedSubmit(control) !== null;
}

type Told = Pick<PageStep & { kind: "link" }, "role" | "label" | "page">;

/** What `__doPostBack` does: sets its two fields and sends the form, pressing no button. */
function postBackStep({ target, argument, url }: PostBack, { node }: Control, page: Page, told: Told): PageStep | null {
  const form = formOf(node, page) ?? formWithState(page);
  if (!form) return null;
  const filled = fillForm(
    form.shape,
    { __EVENTTARGET: target, __EVENTARGUMENT: argument },
    { submitter: null, ...told },
  );
  const action = url === "" ? null : resolveUrl(url, page.baseUrl);
  return action === null ? filled : { ...filled, url: action };
}

/** What a script sends that writes into a form. Where tables break a form open, its fields tell which one is meant. */
function scriptedStep(control: Control, page: Page, told: Told): PageStep | null {
  const sent = readScriptedSubmit(control);
  if (!sent) return null;
  const names = Object.keys(sent.fields);
  const holdsAll = ({ shape }: ReadForm): boolean =>
    names.length > 0 && names.every((name) => shape.fields.some((field) => field.name === name));
  const form = formOf(control.node, page) ?? readForms(page).find(holdsAll);
  if (!form) return null;
  const filled = fillForm(form.shape, sent.fields, { submitter: null, ...told });
  const action = sent.action === null ? null : resolveUrl(sent.action, page.baseUrl);
  return action === null ? filled : { ...filled, url: action };
}

function formWithState(page: Page): ReadForm | null {
  const forms = readForms(page);
  return (
    forms.find(({ shape }) => shape.fields.some(({ name }) => name === "__VIEWSTATE")) ??
    (forms.length === 1 ? (forms[0] ?? null) : null)
  );
}

/** A pager's button sends its form, unless a script does something else first. */
function submitStep({ node, script }: Control, page: Page, told: Told, postBack: PostBack | null): PageStep | null {
  if (node.name === "a" || (script !== "" && /return false|preventDefault/.test(script))) return null;
  const form = formOf(node, page);
  const at = form?.controls.indexOf(node) ?? -1;
  const field = form?.shape.fields[at];
  if (!form || !field || (field.type !== "submit" && field.type !== "image")) return null;
  const filled = fillForm(form.shape, {}, { submitter: field, ...told });
  const url = postBack?.url ? resolveUrl(postBack.url, page.baseUrl) : null;
  return url === null ? filled : { ...filled, url };
}

function clickStep({ node }: Control, page: Page, told: Told): PageStep {
  return { kind: "click", selector: durableSelectors(node, page)[0] ?? node.name, ...told };
}

/** Links to "#" do nothing by themselves; those of a pager have listeners. */
function looksAlive({ node, href }: Control): boolean {
  const around = parentOf(node);
  return isWired(node) || href.startsWith("#") || node.attribs["role"] === "button" || around?.name === "li";
}
