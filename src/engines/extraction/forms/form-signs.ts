import { textOf } from "../page/text-of.ts";
import type { FormControl } from "./found-form.ts";
import { namesSpeakOf, spaced, speaksOf, type FormWord } from "./form-words.ts";
import { headingAbove } from "./heading-above.ts";
import type { ReadForm } from "./read-form.ts";

const TYPED = new Set([
  "text",
  "email",
  "search",
  "tel",
  "url",
  "number",
  "password",
  "textarea",
  "date",
  "datetime-local",
  "month",
  "time",
]);
const TOPICS = [
  "login",
  "register",
  "search",
  "recovery",
  "contact",
  "newsletter",
  "order",
  "poll",
  "sorting",
  "navigation",
  "remember",
  "terms",
] as const;
const FIELD_TOPICS = [
  "username", "recovery", "email", "personName", "phone", "address", "quantity", "website", "birth", "message", "subject", "captcha", "search", "newsletter", "remember", "terms",
] as const; // prettier-ignore
const MAX_TEXT = 600;
/** A form with more text than this holds a whole page, as web forms of ASP.NET do: what its text begins with is the menu. */
const WHOLE_PAGE = 3000;
/** The purpose of a form shows in its first fields. */
const MAX_FIELDS = 200;

/** What is seen of a form, as names of signs: each is a reason for or against a type. */
export function formSigns(form: ReadForm): Set<string> {
  const { node, shape } = form;
  const shown = shape.fields.filter(({ type }) => type !== "hidden");
  const typed = shown.filter(({ type }) => TYPED.has(type));
  const buttons = shown.filter(({ type }) => ["submit", "image", "button"].includes(type));
  const signs = new Set<string>();
  const add = (sign: string, isSeen: boolean): unknown => isSeen && signs.add(sign);
  countSigns(shape.fields, add);
  add("get", shape.method === "GET");
  add("one-field", typed.length === 1);
  add("only-choices", typed.length === 0 && shown.some(({ type }) => type === "select"));
  add("nothing-shown", shown.length === 0 || shown.length === buttons.length);
  add("autocomplete-off", node.attribs["autocomplete"] === "off");
  for (const [place, text] of textsOf(form, buttons))
    for (const topic of TOPICS) add(`${place}:${topic}`, speaksOf(topic, text));
  for (const [place, names] of namesOf(form, buttons))
    for (const topic of TOPICS) add(`${place}:${topic}`, namesSpeakOf(topic, names));
  const told = shown.slice(0, MAX_FIELDS).filter((field) => !buttons.includes(field));
  for (const topic of FIELD_TOPICS)
    add(
      `field:${topic}`,
      told.some((field) => isFieldAbout(field, topic)),
    );
  add("field:password", told.some(isPassword));
  add(
    "query-name",
    typed.some(({ name }) =>
      /^(?:q|s|k|kw|qs|p|w|st|search\w*|query|keys?|keywords?|term|text|find|string|words?|phrase|zoek\w*|such\w*)$/i.test(
        name,
      ),
    ),
  );
  return signs;
}

/** What people read at a form, place by place. */
function textsOf({ node }: ReadForm, buttons: readonly FormControl[]): [string, string][] {
  const text = textOf(node);
  return [
    ["button", spaced(buttons.map((button) => `${button.label} ${button.value}`).join(" "))],
    ["text", text.length > WHOLE_PAGE ? "" : spaced(text.slice(0, MAX_TEXT))],
    ["above", spaced(headingAbove(node))],
  ];
}

/** How the page's author named the form and what is close to it. */
function namesOf({ node: { attribs }, shape, around }: ReadForm, buttons: readonly FormControl[]): [string, string][] {
  return [
    ["name", [shape.name, attribs["id"], attribs["class"], attribs["role"], attribs["aria-label"]].join(" ")],
    ["action", pathOf(shape.action)],
    ["press", buttons.map(({ name }) => name).join(" ")],
    ["near", around.map((box) => `${box.attribs["class"] ?? ""} ${box.attribs["id"] ?? ""}`).join(" ")],
  ];
}

/** A field for a password; "Forgot your password?" inside a field asks for a name or an address. */
function isPassword(field: FormControl): boolean {
  return field.type === "password" || (isFieldAbout(field, "password") && !isFieldAbout(field, "recovery"));
}

function countSigns(fields: readonly FormControl[], add: (sign: string, isSeen: boolean) => unknown): void {
  const count = (types: string): number => fields.filter(({ type }) => types.split(" ").includes(type)).length;
  const texts = count("text email search tel url number");
  add("password", count("password") === 1);
  add("two-passwords", count("password") >= 2);
  add("textarea", count("textarea") > 0);
  add("email-input", count("email") > 0);
  add("search-input", count("search") > 0);
  add("no-text", texts === 0);
  add("one-text", texts === 1);
  add("two-texts", texts === 2);
  add("some-texts", texts >= 3 && texts <= 5);
  add("many-texts", texts > 5);
  add("select", count("select") > 0);
  add("many-selects", count("select") >= 3);
  add("checkbox", count("checkbox") > 0);
  add("radio", count("radio") > 0);
  add("file", count("file") > 0);
  add("many-hidden", count("hidden") >= 4);
}

const WORDS = new WeakMap<FormControl, { readonly name: string; readonly text: string }>();

/** What a field is about, by its name, its label, or what stands inside it. */
export function isFieldAbout(field: FormControl, topic: FormWord): boolean {
  let words = WORDS.get(field);
  if (!words) {
    const inside = field.type === "select" || field.type === "textarea" ? "" : field.value.slice(0, 40);
    words = { name: spaced(field.name), text: spaced(`${field.label} ${inside}`).slice(0, 80) };
    WORDS.set(field, words);
  }
  return speaksOf(topic, words.name) || speaksOf(topic, words.text);
}

/** What an address names beyond its host, as far as it is read. */
export function pathOf(address: string): string {
  const url = URL.parse(address);
  return url ? `${url.pathname} ${url.search}`.slice(0, 200) : address.slice(0, 200);
}
