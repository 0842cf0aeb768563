import type { Element } from "domhandler";

/** Longer scripts are programs, not calls. */
const MAX_SCRIPT = 1000;
const CHOICE =
  "(?:this\\.value|(?:[\\w.]{1,60}\\.)?options\\[\\s*(?:[\\w.]{1,60}\\.)?selectedIndex\\s*\\]\\.value|(?:e|event)\\.target\\.value|value)";
const GOES_TO_CHOICE = new RegExp(
  `(?:location(?:\\.href)?\\s*=|location\\.(?:assign|replace)\\(|window\\.open\\()\\s*(?:(['"])([^'"]{0,500})\\1\\s*\\+\\s*)?${CHOICE}\\s*(?:\\+\\s*(['"])([^'"]{0,500})\\3)?`,
  "i",
);
/** What a well-known editor of web pages wrote into its jump menus. */
const JUMP_MENU = /\bMM_jumpMenu\w*\(/;

/**
 * Where a drop-down goes when something is chosen, where its script does nothing but put the choice into an address:
 * `location = '/list?page=' + this.value`, or the choice is the address itself.
 */
export function choiceAddress(node: Element): ((value: string) => string) | null {
  const script = node.name === "select" ? (node.attribs["onchange"] ?? "") : "";
  if (script === "" || script.length > MAX_SCRIPT) return null;
  if (JUMP_MENU.test(script)) return (value) => value;
  const found = GOES_TO_CHOICE.exec(script);
  if (!found) return null;
  const [, , before = "", , after = ""] = found;
  return (value) => before + value + after;
}
