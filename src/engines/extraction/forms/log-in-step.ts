import type { Element } from "domhandler";
import { elementsBelow } from "../page/elements.ts";
import { textOf } from "../page/text-of.ts";
import { isFieldAbout, pathOf } from "./form-signs.ts";
import { namesSpeakOf, spaced, speaksOf, type FormWord } from "./form-words.ts";
import type { FormControl, FormShape } from "./found-form.ts";
import { headingAbove, isHeading } from "./heading-above.ts";

const TYPED = new Set(["text", "email", "tel", "number", "password"]);
const BUTTONS = new Set(["submit", "image", "button"]);
const CODE =
  /(?<!\p{L})(?:code|otp|totp|token|2fa|mfa|tan|pin|passcode|one time|authenticator|verification|einmal\p{L}*|bestätigungs\p{L}*|código|codice|kod|код)(?!\p{L})/iu;
const GOES_ON =
  /(?<!\p{L})(?:next|continue|weiter|fortfahren|suivant|continuer|siguiente|continuar|avanti|prosegui|volgende|doorgaan|dalej|pokračovat|далее|продолжить)(?!\p{L})/iu;
const LEAVES = /unsubscrib|opt ?out|abmelden|abbestell|désabonn|desabonn|darse de baja|cancelar suscrip|uitschrijv/iu;
/** What else asks for an address, a name or a code and nothing more. */
const OTHER_ENDS: readonly FormWord[] = ["recovery", "newsletter", "search", "contact", "order"];

/** What people read of a form's purpose, and what its author called it. */
interface Said {
  readonly heading: string;
  readonly button: string;
  readonly names: string;
}

/**
 * What a form asks for that is one step of a log-in: who one is, or a code. Null where nothing says that it is, or where
 * something says what else it is: a newsletter and a lost password ask for no more either.
 */
export function logInStep(node: Element, shape: FormShape): "name" | "code" | null {
  const typed = typedIn(shape.fields);
  const [field] = typed;
  if (!field || typed.length > 1 || shape.fields.some(({ type }) => OPEN.has(type))) return null;
  const said = saidOf(node, shape);
  if (isCode(field)) {
    const isSecond = speaksOf("otp", said.heading) || isFieldAbout(field, "otp");
    return isSecond || (saysLogIn(said, field) && !saysOther(said)) ? "code" : null;
  }
  return field.type !== "password" && !isFieldAbout(field, "search") && saysLogIn(said, field) && !saysOther(said)
    ? "name"
    : null;
}

/** Fields that a log-in does not have. */
const OPEN = new Set(["textarea", "select", "search", "date", "file", "radio"]);

/** Fields that something is typed into. */
export const typedIn = (fields: readonly FormControl[]): FormControl[] =>
  fields.filter(({ type, disabled }) => TYPED.has(type) && !disabled);

/** Whether a field asks for a code that was sent or is drawn from a list; what a picture shows is another matter. */
export function isCode(field: FormControl): boolean {
  if (field.type === "password" && isFieldAbout(field, "password") && !isFieldAbout(field, "otp")) return false;
  if (isFieldAbout(field, "captcha") && !isFieldAbout(field, "otp")) return false;
  return CODE.test(spaced(`${field.name} ${field.label}`)) || isFieldAbout(field, "otp");
}

/** Whether a field asks for the name of an account, or for the address that serves as one. */
export const asksWho = (field: FormControl): boolean =>
  field.type === "email" || isFieldAbout(field, "username") || isFieldAbout(field, "email");

/** Whether a form says that it is for something else than to log in. */
export const isForOther = (node: Element, shape: FormShape): boolean => {
  const said = saidOf(node, shape);
  return saysOther(said) || (says(said, "register") && !speaksOf("login", said.heading));
};

/** What sends a form, or leads on from one step to the next. */
export function buttonAfter(fields: readonly FormControl[], field: FormControl | null): FormControl | null {
  const from = field ? fields.indexOf(field) : 0;
  const buttons = fields.slice(from).filter(({ type, disabled }) => BUTTONS.has(type) && !disabled);
  const submits = buttons.filter(({ type }) => type !== "button");
  const saysSo = (each: FormControl): boolean => speaksOf("login", wordsOn(each)) || leadsOn(each);
  return submits.find(saysSo) ?? submits[0] ?? buttons.find(saysSo) ?? null;
}

/** "Next", "Continue": there is another step. */
export const leadsOn = (button: FormControl | null): boolean => button !== null && GOES_ON.test(wordsOn(button));

const wordsOn = ({ label, value }: FormControl): string => spaced(`${label} ${value}`);

/** A form without an address goes to its page, whatever else that is for. */
function saidOf(node: Element, { fields, action, name }: FormShape): Said {
  const button = buttonAfter(fields, typedIn(fields)[0] ?? null);
  return {
    heading: spaced(headingIn(node) || headingAbove(node, { isOwn: true })),
    button: button ? wordsOn(button) : "",
    names: node.attribs["action"] ? `${name} ${pathOf(action)}` : name,
  };
}

function headingIn(node: Element): string {
  for (const inner of elementsBelow(node)) if (isHeading(inner)) return textOf(inner).slice(0, 120);
  return "";
}

const says = ({ heading, button, names }: Said, word: FormWord): boolean =>
  speaksOf(word, heading) || speaksOf(word, button) || namesSpeakOf(word, names);

/**
 * "Log in or sign up" is said over one way in for both; elsewhere a word on new accounts says that there is none yet. An
 * address counts less than a heading, it may be the page's own; a button's word least, where a heading says something else.
 */
function saysLogIn(said: Said, field: FormControl): boolean {
  if (speaksOf("login", said.heading)) return true;
  if (!asksWho(field) || says(said, "register")) return false;
  return namesSpeakOf("login", said.names) || (said.heading === "" && speaksOf("login", said.button));
}

const saysOther = (said: Said): boolean =>
  OTHER_ENDS.some((word) => says(said, word)) || LEAVES.test(`${said.heading} ${said.button} ${said.names}`);
