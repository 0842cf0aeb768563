import type { Decision } from "./decision.ts";
import type { Advice, Ask, Question } from "./question.ts";

/** One thing that an outline shows. */
export interface Shown {
  readonly id: number;
  /** `link`, `button`, `record`, `text field`, `select` …; empty for plain words. */
  readonly kind: string;
  readonly label: string;
  readonly line: string;
}

/** Reads what a question shows, as a model would: from its words alone. */
export function shownIn({ page }: Question): Shown[] {
  return page
    .split("\n")
    .flatMap((line) =>
      [...line.matchAll(/\[(\d+)(?: ([a-z -]+?))?(?: "([^"]*)")?(?: options: [^\]]*)?(?: = "[^"]*")?\]([^[]*)/g)].map(
        ([, id, kind = "", label, after = ""]) => ({ id: Number(id), kind, label: label ?? after.trim(), line }),
      ),
    );
}

export const NOTHING: Decision = {
  pageType: "unknown",
  action: "done",
  node: null,
  choice: null,
  record: null,
  fields: [],
  also: [],
  next: null,
  reason: "There is nothing to see.",
  confidence: 0.9,
};

/** A program in a model's place: it sees the question and nothing else. Counts what it was asked. */
export function scriptedAsk(answer: (question: Question, shown: readonly Shown[]) => Partial<Decision>): Ask & {
  readonly questions: Question[];
} {
  const questions: Question[] = [];
  const ask = async (question: Question): Promise<Advice> => {
    questions.push(question);
    const decision = { ...NOTHING, reason: "As the outline says.", ...answer(question, shownIn(question)) };
    const words = question.instructions.length + question.task.length + question.page.length;
    return { decision, by: "scripted", tokens: Math.ceil(words / 4) };
  };
  return Object.assign(ask, { questions });
}

const WAY_ON = /\b(open (tenders|notices)|find notices|bids and contracts)\b/i;
const DATE = /^\d{4}-\d\d-\d\d$|^\d{1,2} [A-Z][a-z]+ \d{4}$/;
const REFERENCE = /^[A-Z]{1,4}-\d{4}-\d+$/;

/** Looks for dated records with a reference; else searches; else follows what sounds like tenders. */
export function sensible(_question: Question, shown: readonly Shown[]): Partial<Decision> {
  const record = shown.find(
    ({ kind, line }) => kind === "record" && REFERENCE.test(valueIn(shown, line, REFERENCE)?.label ?? ""),
  );
  if (record) return extraction(record, shown);
  const button = shown.find(({ kind, label }) => kind === "button" && /^search$/i.test(label));
  if (button) return { action: "click", pageType: "unknown", node: button.id };
  const link = shown.find(({ kind, label }) => (kind === "link" || kind === "button") && WAY_ON.test(label));
  return link ? { action: "click", node: link.id } : { action: "done" };
}

export function extraction(record: Shown, shown: readonly Shown[]): Partial<Decision> {
  const parts = shown.filter(({ line, id }) => line === record.line && id !== record.id);
  const link = parts.find(({ kind }) => kind === "link");
  const title = link ?? parts.find(({ label }) => label.length > 15);
  const found = [
    ["title", title, false],
    ["detailUrl", link, true],
    ["referenceNumber", parts.find(({ label }) => REFERENCE.test(label)), false],
    ["closingDate", parts.find(({ label }) => DATE.test(label)), false],
  ] as const;
  const fields = found.flatMap(([name, part, isLink]) => (part ? [{ name, node: part.id, link: isLink }] : []));
  return { action: "extract", pageType: "list", record: record.id, fields };
}

function valueIn(shown: readonly Shown[], line: string, pattern: RegExp): Shown | undefined {
  return shown.find((one) => one.line === line && pattern.test(one.label));
}
