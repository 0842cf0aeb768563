import type { Element } from "domhandler";
import { parentOf } from "../page/elements.ts";
import { textOf } from "../page/text-of.ts";
import type { FormControl, FormType } from "./found-form.ts";
import { formSigns, pathOf } from "./form-signs.ts";
import { FORM_WEIGHTS, LEARNT_TYPES } from "./form-weights.ts";
import { spaced, speaksOf } from "./form-words.ts";
import { logInStep } from "./log-in-step.ts";
import type { ReadForm } from "./read-form.ts";

const GOING_ON =
  /(?<!\p{L})(?:i (?:agree|accept|understand)|agree|accept|continue|proceed|enter|ok|yes|akzeptieren|zustimmen|einverstanden|weiter|fortfahren|j accepte|accepter|continuer|acepto|aceptar|continuar|aceito|aceitar|accetto|accetta|continua|akkoord|accepteren|doorgaan|akceptuj\p{L}*|zgadzam|dalej|souhlas\p{L}*|pokračovat|принимаю|согласен|продолжить|godkänn\p{L}*|fortsätt|godta|fortsett|hyväksy\p{L}*|jatka|elfogad\p{L}*|tovább|kabul ediyorum|devam)(?!\p{L})|同意/iu;
const NOTICE =
  /(?<!\p{L})(?:disclaimer|terms (?:and|&|of)|conditions|agreement|copyright|privacy|cookies?|legal notice|nutzungsbedingungen|haftungsausschluss|bedingungen|datenschutz|conditions (?:générales|d utilisation)|mentions légales|aviso legal|condiciones|términos|termos|condizioni|termini|voorwaarden|regulamin|warunki|podmínk\p{L}*|условия|соглашени\p{L}*|villkor|vilkår|ehdot|feltétel\p{L}*|koşullar)(?!\p{L})/iu;

/** What a form is for, and how sure that is. */
export function formType(form: ReadForm): { type: FormType; confidence: number } {
  if (isConsent(form)) return { type: "consent", confidence: 0.8 };
  if (logInStep(form.node, form.shape) !== null) return { type: "login", confidence: 0.8 };
  const signs = ["bias", ...formSigns(form)];
  const scores = LEARNT_TYPES.map((_, at) =>
    Math.exp(signs.reduce((sum, sign) => sum + (FORM_WEIGHTS.get(sign)?.[at] ?? 0), 0)),
  );
  const best = scores.indexOf(Math.max(...scores));
  const total = scores.reduce((sum, score) => sum + score, 0);
  return { type: LEARNT_TYPES[best] ?? "other", confidence: (scores[best] ?? 0) / total };
}

/** A notice that one button accepts: nothing to fill in but boxes to tick, and it speaks of terms. */
function isConsent({ node, shape }: ReadForm): boolean {
  const shown = shape.fields.filter(({ type }) => type !== "hidden");
  const buttons = shown.filter(({ type }) => ["submit", "image", "button"].includes(type));
  const isTicking = shown.every(
    (field) =>
      buttons.includes(field) || ((field.type === "checkbox" || field.type === "radio") && isAboutTerms(field)),
  );
  if (buttons.length === 0 || buttons.length > 3 || !isTicking) return false;
  if (!buttons.some(isAccepting) || JOINING.test(spaced(pathOf(shape.action)))) return false;
  if (shown.length > buttons.length || NOTICE.test(textOf(node))) return true;
  return (
    buttons.some(({ label, value }) => IN_PERSON.test(spaced(`${label} ${value}`))) && NOTICE.test(textAround(node))
  );
}

/** "I agree" is said to terms, "continue" and "ok" to anything. */
const IN_PERSON =
  /(?<!\p{L})(?:i (?:agree|accept|understand)|agree|accept|akzeptieren|zustimmen|einverstanden|j accepte|accepter|acepto|aceptar|aceito|aceitar|accetto|accetta|akkoord|accepteren|akceptuj\p{L}*|zgadzam|souhlas\p{L}*|принимаю|согласен|godkänn\p{L}*|godta|hyväksy\p{L}*|elfogad\p{L}*|kabul ediyorum)(?!\p{L})|同意/iu;
/** Terms that stand before a registration are no way in: only who wants an account agrees to them. */
const JOINING =
  /(?<!\p{L})(?:(?:mode|action|do|op|task|view) regist\p{L}*|(?:user|account|member|customer)s? (?:regist\p{L}*|new|create)|sign ?up)(?!\p{L})/u;
const NOTICE_LENGTH = 6_000;

/** Terms often stand above the form that accepts them. */
function textAround(form: Element): string {
  let widest = "";
  for (let around = parentOf(form); around && around.name !== "html"; around = parentOf(around)) {
    const text = textOf(around);
    if (text.length > NOTICE_LENGTH) break;
    widest = text;
    if (NOTICE.test(text)) break;
  }
  return widest;
}

export function isAccepting({ label, value, name }: FormControl): boolean {
  return GOING_ON.test(spaced(`${label} ${value}`)) || /agree|accept|consent/i.test(name);
}

export function isAboutTerms({ label, name }: FormControl): boolean {
  return speaksOf("terms", spaced(`${label} ${name}`)) || NOTICE.test(label);
}
