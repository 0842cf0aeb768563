import { extraction, NOTHING, shownIn, type Shown } from "#engines/agent/testing";
import type { Decision } from "#engines/agent";
import type { SeenRequest } from "#engines/llm/testing";

const REFERENCE = /^T-\d{4}-\d+$/;
const WAY_ON = /\b(open (tenders|notices)|bids and contracts)\b/i;

/** A program in a model's place: what it does follows from the words of the prompt and from nothing else. */
export function readWishfully({ turns }: Pick<SeenRequest, "turns">): Decision {
  const prompt = turns.map(({ text }) => text).join("\n");
  const shown = shownIn({ instructions: "", task: "", page: prompt, picture: null });
  return { ...NOTHING, reason: "As the outline says.", ...choose(prompt, shown) };
}

function choose(prompt: string, shown: readonly Shown[]): Partial<Decision> {
  const wish = wordsOf(/^Goal: (.*)$/m.exec(prompt)?.[1] ?? "");
  const record = bestRecord(prompt, shown, wish);
  if (record) return extraction(record, shown);
  const choice = optionIn(prompt, wish);
  if (choice && !/^- select .*: done$/m.test(prompt)) return { action: "select", ...choice };
  const fill = fillIn(prompt, shown);
  if (fill) return { action: "fill", ...fill };
  const search = shown.find(({ kind, label }) => kind === "button" && /^search$/i.test(label));
  if (search) return { action: "click", node: search.id };
  const wayOn = shown.find(({ kind, label }) => (kind === "link" || kind === "button") && WAY_ON.test(label));
  if (wayOn) return { action: "click", node: wayOn.id };
  return wordless(shown).length > 0 ? { action: "look" } : {};
}

/** Controls that mean something only to who sees them. */
export function wordless(shown: readonly Shown[]): readonly Shown[] {
  return shown.filter(({ kind, label }) => (kind === "button" || kind === "link") && label === "");
}

/** The first record with a reference under the heading that shares most words with the wish. */
function bestRecord(prompt: string, shown: readonly Shown[], wish: ReadonlySet<string>): Shown | null {
  const byLine = Map.groupBy(shown, ({ line }) => line);
  let best: { record: Shown; shared: number } | null = null;
  let shared = 0;
  for (const line of prompt.split("\n")) {
    if (line.startsWith("# ")) shared = [...wordsOf(line)].filter((word) => wish.has(word)).length;
    const parts = byLine.get(line) ?? [];
    const record = parts.find(({ kind }) => kind === "record");
    const isNotice = record && parts.some(({ label }) => REFERENCE.test(label));
    if (isNotice && shared > (best?.shared ?? -1)) best = { record, shared };
  }
  return best?.record ?? null;
}

/** The next of the given inputs, into the field whose label has its name. */
function fillIn(prompt: string, shown: readonly Shown[]): Pick<Decision, "node" | "choice"> | null {
  const given = /^Inputs: (.*)$/m.exec(prompt)?.[1] ?? "";
  for (const [, choice, name = ""] of given.matchAll(/(\d+) (\w+): /g)) {
    const field = shown.find(({ kind, label }) => kind.endsWith("field") && wordsOf(label).has(name));
    if (field && !prompt.includes(`- fill ${field.label}: done`)) return { node: field.id, choice: Number(choice) };
  }
  return null;
}

/** The option of a select that the wish names. */
function optionIn(prompt: string, wish: ReadonlySet<string>): Pick<Decision, "node" | "choice"> | null {
  for (const [, id, options = ""] of prompt.matchAll(/\[(\d+) select "[^"]*" options: ([^\]]*)\]/g))
    for (const [, position, label = ""] of options.matchAll(/(\d+) "([^"]*)"/g))
      if (wish.has(label.toLowerCase())) return { node: Number(id), choice: Number(position) };
  return null;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/\p{L}+/gu));
}
