import { frameOf } from "../page/base-url-of.ts";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { findForms } from "./find-forms.ts";
import { isFieldAbout } from "./form-signs.ts";
import type { FormControl, FoundForm } from "./found-form.ts";
import { asksWho, buttonAfter, isCode, isForOther, leadsOn, typedIn } from "./log-in-step.ts";
import { strayControls } from "./read-form.ts";

/** A log-in that stands in a page: the whole of it, or one step of several. */
export interface LogInForm {
  /** `name` and `password` come one after the other on many sites, `code` after both. */
  readonly asks: "both" | "name" | "password" | "code";
  /** Null where the fields stand in no form: only a script can send them. */
  readonly form: FoundForm | null;
  readonly username: FormControl | null;
  readonly password: FormControl | null;
  readonly code: FormControl | null;
  /** What sends it; null where only the Enter key does. */
  readonly button: FormControl | null;
  /** Address of the frame that the fields stand in, as the page has it; null where they stand in the page itself. */
  readonly frame: string | null;
  /** Says that the browser is to be remembered. */
  readonly remember: FormControl | null;
}

const NO_LOG_INS: ReadonlySet<string> = new Set([
  "search",
  "newsletter",
  "contact",
  "order",
  "registration",
  "consent",
]);
const RANK = { both: 3, password: 2, code: 2, name: 1 } as const;

/** The log-in of a page, if it has one; of several, the one that asks for most. */
export function findLogIn(page: Page): LogInForm | null {
  const found = findForms(page).flatMap((form) => readLogIn(page, form.fields, form) ?? []);
  const stray = readLogIn(page, strayControls(page), null);
  const all = (stray ? [...found, stray] : found).map((one) => ({ ...one, frame: frameAt(page, one) }));
  return all.toSorted((a, b) => RANK[b.asks] - RANK[a.asks] || sureness(b) - sureness(a))[0] ?? null;
}

type Read = Omit<LogInForm, "frame">;

function frameAt(page: Page, { username, password, code }: Read): string | null {
  const node = nodeAt(page.root, (password ?? code ?? username)?.path ?? "");
  const frame = node && frameOf(node);
  return frame ? resolveUrl(frame.attribs["data-gleaner-frame"] ?? "", page.url) : null;
}

function sureness({ form }: Read): number {
  return form?.type === "login" ? form.confidence : 0;
}

function readLogIn(page: Page, fields: readonly FormControl[], form: FoundForm | null): Read | null {
  const typed = typedIn(fields);
  const code = typed.length === 1 ? (typed.find((field) => asksForCode(page, field, form)) ?? null) : null;
  const passwords = typed.filter((field) => field.type === "password" && field !== code);
  // A second one is there to choose a new password.
  if (passwords.length > 1) return null;
  const password = passwords[0] ?? null;
  const username = code ? null : nameBefore(typed, password, form);
  if (!code && !password && !(username && form && asksForName(page, form, username, typed))) return null;
  if (!code && password && form && form.type !== "login" && NO_LOG_INS.has(form.type) && typed.length > 2) return null;
  return {
    asks: code ? "code" : password ? (username ? "both" : "password") : "name",
    form,
    username,
    password,
    code,
    button: buttonAfter(fields, password ?? username ?? code),
    remember: fields.find((field) => field.type === "checkbox" && isFieldAbout(field, "remember")) ?? null,
  };
}

function asksForCode(page: Page, field: FormControl, form: FoundForm | null): boolean {
  if (!isCode(field) || form?.type === "login" || !form) return isCode(field);
  return !NO_LOG_INS.has(form.type) && form.type !== "recovery" && !saysOther(page, form);
}

function saysOther(page: Page, form: FoundForm): boolean {
  const node = nodeAt(page.root, form.path);
  return node === null || isForOther(node, form);
}

/** The field above the password; alone, the one that asks who one is. */
function nameBefore(
  typed: readonly FormControl[],
  password: FormControl | null,
  form: FoundForm | null,
): FormControl | null {
  const others = typed.filter((field) => field !== password);
  if (!password) {
    const [only] = others.length === 1 && form?.type === "login" ? others : [];
    return others.find(asksWho) ?? only ?? null;
  }
  const above = others.filter((field) => typed.indexOf(field) < typed.indexOf(password));
  return above.findLast((field) => asksWho(field)) ?? above.at(-1) ?? null;
}

/** A form of one field is a log-in's first step where it says so, or where it leads on and says nothing else. */
function asksForName(page: Page, form: FoundForm, username: FormControl, typed: readonly FormControl[]): boolean {
  if (form.type === "login" || typed.length !== 1) return form.type === "login";
  return !saysOther(page, form) && leadsOn(buttonAfter(form.fields, username));
}
