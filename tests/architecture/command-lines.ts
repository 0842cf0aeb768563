const FENCE = /^(?:```|~~~).*?\n([\s\S]*?)^(?:```|~~~)/gm;
const INDENTED = /^ {4,}\S.*$/gm;
const CODE_SPAN = /`([^`\n]+)`/g;
/** What may stand before a command: a prompt, settings for it alone, and what looks it up. */
const BEFORE = /^\s*(?:\$ )?(?:[A-Z][A-Z0-9_]*=\S+ )*(?:npx )?/;

/**
 * The commands in a document that begin with `program`, each as the words that a shell would hand over. Lines are commands
 * whole; in running text a span may be a command or the beginning of one.
 */
export function commandsIn(text: string, program: string): { lines: string[][]; spans: string[][] } {
  const rest = text.replace(FENCE, "");
  const fenced = [...text.matchAll(FENCE)].flatMap(([, code = ""]) => code.replaceAll("\\\n", " ").split("\n"));
  const starting = (code: readonly string[]) =>
    code
      .map((line) => line.replace(BEFORE, ""))
      .filter((line) => line.startsWith(`${program} `))
      .map((line) => wordsOf(line.slice(program.length)));
  return {
    lines: starting([...fenced, ...(rest.match(INDENTED) ?? [])]),
    spans: starting([...rest.replace(INDENTED, "").matchAll(CODE_SPAN)].map(([, code = ""]) => code)),
  };
}

/** Up to what is not the command's own: a pipe, a redirection, the next command, a remark (in our guides two spaces away). */
function wordsOf(line: string): string[] {
  const [own = ""] = line.trim().split(/ {2,}| [|<>;#&]|;/);
  return [...own.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
