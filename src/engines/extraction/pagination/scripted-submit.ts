import type { Control } from "./control.ts";

/** Longer scripts are programs, not calls. */
const MAX_SCRIPT = 4000;
const MOJARRA = /\bjsfcljs\s*\([^{}]{1,200},\s*\{([^{}]{0,1000})\}/;
const PAIR = /(['"])([^'"]{1,200})\1\s*:\s*(['"])([^'"]{0,200})\3/g;
const MYFACES = /\b(?:oamSubmitForm|oam\.submitForm)\s*\(\s*(['"])([^'"]{1,200})\1\s*,\s*(['"])([^'"]{1,200})\3/;

/** The fields that a command link of JavaServer Faces adds to its form before it sends it; null where a script does something else. */
export function readScriptedSubmit({ script }: Pick<Control, "script">): Readonly<Record<string, string>> | null {
  if (script.length > MAX_SCRIPT) return null;
  const added = MOJARRA.exec(script)?.[1];
  if (added !== undefined) {
    const pairs = [...added.matchAll(PAIR)].map(([, , name = "", , value = ""]) => [name, value] as const);
    return pairs.length > 0 ? Object.fromEntries(pairs) : null;
  }
  const [, , form, , link] = MYFACES.exec(script) ?? [];
  return form === undefined || link === undefined ? null : { [`${form}:_idcl`]: link };
}
