import type { Control } from "./control.ts";

/** What a script does to a form before it sends it. */
export interface ScriptedSubmit {
  /** Fields that it sets or adds. */
  readonly fields: Readonly<Record<string, string>>;
  /** Another address to send the form to, as written. */
  readonly action: string | null;
}

/** Longer scripts are programs, not calls. */
const MAX_SCRIPT = 4000;
const MOJARRA = /\bjsfcljs\s*\([^{}]{1,200},\s*\{([^{}]{0,1000})\}/;
const PAIR = /(['"])([^'"]{1,200})\1\s*:\s*(['"])([^'"]{0,200})\3/g;
const MYFACES = /\b(?:oamSubmitForm|oam\.submitForm)\s*\(\s*(['"])([^'"]{1,200})\1\s*,\s*(['"])([^'"]{1,200})\3/;

/**
 * Reads a script that sends a form and does nothing else: a command link of JavaServer Faces, or one that writes values into
 * fields (`document.list.page.value='2';document.list.submit()`). Null where a script does something else.
 */
export function readScriptedSubmit({ script }: Pick<Control, "script">): ScriptedSubmit | null {
  if (script === "" || script.length > MAX_SCRIPT) return null;
  const added = MOJARRA.exec(script)?.[1];
  if (added !== undefined) {
    const pairs = [...added.matchAll(PAIR)].map(([, , name = "", , value = ""]) => [name, value] as const);
    return pairs.length > 0 ? { fields: Object.fromEntries(pairs), action: null } : null;
  }
  const [, , form, , link] = MYFACES.exec(script) ?? [];
  if (form !== undefined && link !== undefined) return { fields: { [`${form}:_idcl`]: link }, action: null };
  return readAssignments(script);
}

const MOST_STATEMENTS = 12;
const FIELD =
  /(?:\.([\w$]{1,100})|\[\s*(['"])([^'"]{1,200})\2\s*\]|(?:getElementById|\$)\(\s*(['"])#?([^'"]{1,200})\4\s*\))\s*\.\s*(value|action)\s*=\s*(?:(['"])([^'"]{0,500})\7|(\d{1,9}))$/;
/** `document.list.action = …` is the form's own; anything before the last part is how the script finds it. */
const FORM_ACTION = /\.\s*action\s*=\s*(['"])([^'"]{1,500})\1$/;
const SENDS = /\.\s*(?:submit|requestSubmit)\(\s*\)$/;
const NOTHING = /^(?:return(?:\s+(?:true|false))?|void\s*\(?\s*0\s*\)?|(?:event|e)\.preventDefault\(\))?$/;

/** Statement by statement: one that is not understood makes the whole script another one. */
function readAssignments(script: string): ScriptedSubmit | null {
  const statements = script.split(/[;\n]/).map((statement) => statement.trim());
  if (statements.length > MOST_STATEMENTS || !statements.some((statement) => SENDS.test(statement))) return null;
  const fields: Record<string, string> = {};
  let action: string | null = null;
  for (const statement of statements) {
    if (NOTHING.test(statement) || SENDS.test(statement)) continue;
    const sentTo = FORM_ACTION.exec(statement)?.[2];
    if (sentTo !== undefined) {
      action = sentTo;
      continue;
    }
    const [, byDot, , byName, , byId, property, , text, number] = FIELD.exec(statement) ?? [];
    const name = byDot ?? byName ?? byId;
    if (name === undefined || property !== "value") return null;
    fields[name] = text ?? number ?? "";
  }
  return action === null && Object.keys(fields).length === 0 ? null : { fields, action };
}
