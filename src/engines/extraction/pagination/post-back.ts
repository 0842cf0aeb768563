import type { Control } from "./control.ts";

/** A WebForms event: sending the page's form with these two fields set. */
export interface PostBack {
  readonly target: string;
  readonly argument: string;
  /** Another address to send the form to. */
  readonly url: string;
  /** False where the script only prepares and the pressed button itself sends the form. */
  readonly isSentByScript: boolean;
}

/** Longer scripts are programs, not calls. */
const MAX_SCRIPT = 4000;
const PLAIN = /__doPostBack\s*\(\s*(['"])((?:\\.|(?!\1)[^\\])*)\1\s*(?:,\s*(['"])((?:\\.|(?!\3)[^\\])*)\3)?/i;
const WITH_OPTIONS =
  /WebForm_PostBackOptions\s*\(\s*(['"])((?:\\.|(?!\1)[^\\])*)\1\s*,\s*(['"])((?:\\.|(?!\3)[^\\])*)\3\s*(?:,[^,]*,\s*(['"])((?:\\.|(?!\5)[^\\])*)\5\s*,\s*(['"])((?:\\.|(?!\7)[^\\])*)\7(?:\s*,[^,)]*,\s*(true|false))?)?/i;

/** Reads the event of a `__doPostBack` or `WebForm_DoPostBackWithOptions` call. */
export function readPostBack({ script }: Pick<Control, "script">): PostBack | null {
  if (script.length > MAX_SCRIPT) return null;
  const options = WITH_OPTIONS.exec(script);
  if (options) {
    const [target, argument, url] = [2, 4, 8].map((at) => unescaped(options[at]));
    return { target: target ?? "", argument: argument ?? "", url: url ?? "", isSentByScript: options[9] === "true" };
  }
  const plain = PLAIN.exec(script);
  return plain ? { target: unescaped(plain[2]), argument: unescaped(plain[4]), url: "", isSentByScript: true } : null;
}

function unescaped(text = ""): string {
  return text.replace(/\\(.)/g, "$1");
}
