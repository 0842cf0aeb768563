import { isText, type Element } from "domhandler";

/** The source text of a script or style, exactly as the parser gives it: ranges of embedded data count in it. */
export function scriptText(node: Element): string {
  let text = "";
  for (const child of node.children) if (isText(child)) text += child.data;
  return text;
}
