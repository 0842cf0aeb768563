import { frameOf } from "../page/base-url-of.ts";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { findForms } from "./find-forms.ts";
import { isFieldAbout } from "./form-signs.ts";
import { spaced, speaksOf } from "./form-words.ts";
import type { FormControl, FoundForm } from "./found-form.ts";
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

const TYPED = new Set(["text", "email", "tel", "number", "password"]);
const BUTTONS = new Set(["submit", "image", "button"]);
const NO_LOG_INS: ReadonlySet<string> = new Set([
  "search",
  "newsletter",
  "contact",
  "order",
  "registration",
  "consent",
]);
const CODE =
  /(?<!\p{L})(?:code|otp|totp|token|2fa|mfa|tan|pin|passcode|one time|authenticator|verification|einmal\p{L}*|bestätigungs\p{L}*|código|codice|kod|код)(?!\p{L})/iu;
const GOES_ON =
  /(?<!\p{L})(?:next|continue|weiter|fortfahren|suivant|continuer|siguiente|continuar|avanti|prosegui|volgende|doorgaan|dalej|pokračovat|далее|продолжить)(?!\p{L})/iu;
const RANK = { both: 3, password: 2, code: 2, name: 1 } as const;

/** The log-in of a page, if it has one; of several, the one that asks for most. */
export function findLogIn(page: Page): LogInForm | null {
  const found = findForms(page).flatMap((form) => readLogIn(form.fields, form) ?? []);
  const stray = readLogIn(strayControls(page), null);
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

function readLogIn(fields: readonly FormControl[], form: FoundForm | null): Read | null {
  const typed = fields.filter(({ type, disabled }) => TYPED.has(type) && !disabled);
  const code = typed.length === 1 ? (typed.find((field) => asksForCode(field, form)) ?? null) : null;
  const passwords = typed.filter((field) => field.type === "password" && field !== code);
  // A second one is there to choose a new password.
  if (passwords.length > 1) return null;
  const password = passwords[0] ?? null;
  const username = code ? null : nameBefore(typed, password);
  if (!code && !password && !(username && form && asksForName(form, username, typed))) return null;
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

function asksForCode(field: FormControl, form: FoundForm | null): boolean {
  const words = spaced(`${field.name} ${field.label}`);
  if (field.type === "password" && isFieldAbout(field, "password") && !isFieldAbout(field, "otp")) return false;
  return (CODE.test(words) || isFieldAbout(field, "otp")) && !NO_LOG_INS.has(form?.type ?? "other");
}

/** The field above the password; alone, the one that asks who one is. */
function nameBefore(typed: readonly FormControl[], password: FormControl | null): FormControl | null {
  const others = typed.filter((field) => field !== password);
  if (!password) return others.find((field) => saysName(field)) ?? null;
  const above = others.filter((field) => typed.indexOf(field) < typed.indexOf(password));
  return above.findLast((field) => saysName(field)) ?? above.at(-1) ?? null;
}

function saysName(field: FormControl): boolean {
  return field.type === "email" || isFieldAbout(field, "username") || isFieldAbout(field, "email");
}

/** A form of one field is a log-in's first step where it says so; a newsletter and a lost password ask for no more either. */
function asksForName(form: FoundForm, username: FormControl, typed: readonly FormControl[]): boolean {
  if (typed.length !== 1) return form.type === "login";
  const button = buttonAfter(form.fields, username);
  const onButton = spaced(`${button?.label ?? ""} ${button?.value ?? ""}`);
  const said = `${onButton} ${spaced(`${form.name} ${URL.parse(form.action)?.pathname ?? ""}`)}`;
  if ((["recovery", "newsletter", "register", "search", "contact"] as const).some((topic) => speaksOf(topic, said)))
    return false;
  return form.type === "login" || speaksOf("login", said) || GOES_ON.test(onButton);
}

function buttonAfter(fields: readonly FormControl[], field: FormControl | null): FormControl | null {
  const from = field ? fields.indexOf(field) : 0;
  const buttons = fields.slice(from).filter(({ type, disabled }) => BUTTONS.has(type) && !disabled);
  const submits = buttons.filter(({ type }) => type !== "button");
  const saysSo = (each: FormControl) =>
    speaksOf("login", spaced(`${each.label} ${each.value}`)) || GOES_ON.test(spaced(`${each.label} ${each.value}`));
  return submits.find(saysSo) ?? submits[0] ?? buttons.find(saysSo) ?? null;
}
