import {
  dateFormatOf,
  findForms,
  writeInput,
  type FoundForm,
  type NumberedNode,
  type PointedField,
  type SearchInput,
} from "#engines/extraction";
import { searchInput, type AgentInput } from "./agent-input.ts";
import type { Decision } from "./decision.ts";
import type { Screen } from "./screen.ts";

/** A decision that may be carried out, with the nodes it means. */
export type Intent =
  | { readonly kind: "click" | "press" | "scroll_to"; readonly node: NumberedNode; readonly mayPost: boolean }
  | {
      readonly kind: "fill" | "select";
      readonly node: NumberedNode;
      readonly value: string;
      readonly label: string;
      /** What was given that this is, so that a later run may ask something else; null for a choice of the page. */
      readonly input: SearchInput | null;
    }
  | {
      readonly kind: "extract";
      readonly record: NumberedNode;
      readonly fields: readonly PointedField[];
      readonly also: readonly string[];
      readonly next: string | null;
    }
  | { readonly kind: "scroll" | "wait" | "back" | "look" | "done" | "error" };

export type Verdict =
  | { readonly ok: true; readonly intent: Intent; readonly refused: readonly string[] }
  | { readonly ok: false; readonly reason: string };

export interface JudgeOptions {
  readonly inputs: readonly AgentInput[];
  /** Names that fields may have. */
  readonly fieldNames: readonly string[];
}

/** Forms that read. Every other form does something for somebody, and nobody asked for that. */
const READING = new Set<FoundForm["type"]>(["search", "consent"]);

/** Words of controls that change something, whatever form they stand in. */
const CHANGING =
  /\b(log ?in|sign ?(in|up|on|out)|log ?out|register|subscribe|unsubscribe|buy|order|pay|checkout|donate|delete|remove|cancel|submit (a |your |my )?(bid|offer|tender|proposal|quote|application|complaint|response)|place (a |your )?bid|apply now|send (message|e-?mail|feedback)|upload|save|update profile|change password|reset password|download all|anmelden|registrieren|kaufen|bestellen|löschen|abmelden|connexion|s'inscrire|acheter|supprimer|iniciar sesión|registrarse|comprar|eliminar|accedi|registrati|acquista)\b/i;

/**
 * Whether what a model decided may be done. It can only mean what was shown to it, cannot send anything but a search, and
 * gets nothing written that was not among the inputs. Page text may have told it anything; this is where that ends.
 */
export function judgeDecision(decision: Decision, screen: Screen, options: JudgeOptions): Verdict {
  const { action } = decision;
  if (action === "extract") return judgeExtract(decision, screen, options);
  if (action === "fill" || action === "select") return judgeFill(decision, screen, options);
  if (action === "click" || action === "press") return judgePress(decision, screen);
  if (action === "scroll" && decision.node !== null) {
    const node = screen.numbered.nodes.get(decision.node);
    return node ? allow({ kind: "scroll_to", node, mayPost: false }) : unknown(decision.node);
  }
  return allow({ kind: action });
}

function judgeExtract(
  { record, fields, also, next }: Decision,
  { numbered }: Screen,
  { fieldNames }: JudgeOptions,
): Verdict {
  const node = record === null ? undefined : numbered.nodes.get(record);
  if (!node) return record === null ? refuse("extract needs the number of a record") : unknown(record);
  const refused: string[] = [];
  const pointed: PointedField[] = [];
  for (const { name, node: id, link } of fields) {
    const target = numbered.nodes.get(id);
    if (!fieldNames.includes(name)) refused.push(`${name}: there is no field of that name`);
    else if (!target) refused.push(`${name}: there is no number ${id}`);
    else pointed.push({ name, path: target.path, take: link ? "link" : "text" });
  }
  if (pointed.length === 0 && refused.length > 0) return refuse(refused.join("; "));
  const further = also.flatMap((id) => numbered.nodes.get(id)?.path ?? []);
  if (further.length < also.length) refused.push("also: not all of these numbers are on this page");
  const following = next === null ? undefined : numbered.nodes.get(next);
  return allow(
    { kind: "extract", record: node, fields: pointed, also: further, next: following?.path ?? null },
    refused,
  );
}

function judgeFill(decision: Decision, screen: Screen, { inputs }: JudgeOptions): Verdict {
  const { action, node: id, choice } = decision;
  const node = id === null ? undefined : screen.numbered.nodes.get(id);
  if (!node) return id === null ? refuse(`${action} needs the number of a field`) : unknown(id);
  const form = formAround(node.path, screen);
  if (form && !isReading(form)) return refuse("that field belongs to a form that is not a search");
  if (action === "select") {
    const option = node.options?.[(choice ?? 0) - 1];
    if (node.kind !== "select" || !option) return refuse("there is no such option to choose");
    const meant = inputs.find(({ value }) => isSame(value, option.label) || isSame(value, option.value));
    const input = meant ? ({ ...searchInput(meant, null), type: "select" } as const) : null;
    return allow({ kind: "select", node, value: option.value, label: node.label, input });
  }
  if (node.kind !== "field" || node.type === "password" || node.type === "file")
    return refuse("nothing may be written there");
  const input = inputs[(choice ?? 0) - 1];
  if (!input) return refuse("there is no input of that number");
  const control = form?.fields.find(({ path }) => path === node.path);
  const format = input.format ?? (control ? dateFormatOf(control, screen.page) : null);
  const asked = searchInput(input, format);
  return allow({ kind: "fill", node, value: writeInput(asked, input.value), label: node.label, input: asked });
}

function isSame(one: string, other: string): boolean {
  return one.trim() !== "" && one.trim().toLowerCase() === other.trim().toLowerCase();
}

function judgePress({ action, node: id }: Decision, screen: Screen): Verdict {
  const node = id === null ? undefined : screen.numbered.nodes.get(id);
  if (!node) return id === null ? refuse(`${action} needs a number`) : unknown(id);
  const form = formAround(node.path, screen);
  const isReadingForm = form !== null && isReading(form);
  if (CHANGING.test(node.label) && !isReadingForm) return refuse("that control does more than read");
  if (form && !isReadingForm && node.kind !== "link" && !isPostBackForm(form))
    return refuse("that control sends a form that is not a search");
  const kind = action === "press" ? "press" : "click";
  return allow({ kind, node, mayPost: form !== null && (isReadingForm || isPostBackForm(form)) });
}

function formAround(path: string, { page }: Screen): FoundForm | null {
  const inside = findForms(page).filter(
    (form) => path.startsWith(`${form.path}/`) || form.fields.some((field) => field.path === path),
  );
  return inside.at(-1) ?? null;
}

const isReading = ({ type }: FoundForm): boolean => READING.has(type);

/** A page that is one form, as some servers build it: the list and its pager stand inside. It asks for no names or words. */
function isPostBackForm({ fields, type }: FoundForm): boolean {
  const asks = fields.some(
    ({ role }) => role === "password" || role === "email" || role === "message" || role === "file",
  );
  return (
    type === "other" && !asks && fields.some(({ name }) => name.startsWith("__") || name === "javax.faces.ViewState")
  );
}

const allow = (intent: Intent, refused: readonly string[] = []): Verdict => ({ ok: true, intent, refused });
const refuse = (reason: string): Verdict => ({ ok: false, reason });
const unknown = (id: number): Verdict => refuse(`there is no number ${id} on this page`);
