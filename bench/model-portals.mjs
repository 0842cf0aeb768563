// `npm run bench:models`: visits the local portals that need a model twice each, with a scripted model behind HTTP that answers
// from the outline alone, and prints what was found, asked and taken. Tokens are counted by the tokenizer of GPT-4o.
import { judgeVisit } from "../tests/sites/judge-visit.ts";
import { openModelLab } from "../tests/sites/model-lab.ts";
import { MODEL_PORTALS } from "../tests/sites/portals/model-portals.ts";

const total = (numbers) => numbers.reduce((sum, one) => sum + one, 0);
const lab = await openModelLab(MODEL_PORTALS);
const prompts = [];
let wrong = 0;
let askedAgain = 0;
for (const portal of MODEL_PORTALS) {
  const first = await lab.visit(portal);
  const second = await lab.visit(portal);
  const faults = [first, second].flatMap(({ visit }) => judgeVisit(portal, visit).faults);
  if (faults.length > 0) wrong += 1;
  askedAgain += second.questions;
  prompts.push(...first.prompts);
  const cells = [
    portal.name.padEnd(44),
    `${judgeVisit(portal, first.visit).found}/${portal.truth.records.length}`.padStart(8),
    `${first.prompts.length} calls`.padStart(8),
    `text ${first.prompts.map(({ text }) => text).join(" + ")}`.padEnd(28),
    `images ${total(first.prompts.map(({ images }) => images))}`,
    `answers ${total(first.prompts.map(({ answer }) => answer))}`.padStart(12),
    `run ${first.tokens}`.padStart(10),
    `second run ${second.questions} calls`,
    faults.length === 0 ? "right" : faults.join("; "),
  ];
  console.log(cells.join("  "));
}
const texts = prompts.map(({ text }) => text).sort((a, b) => a - b);
console.log(
  `\n${MODEL_PORTALS.length - wrong} of ${MODEL_PORTALS.length} portals right; text of a prompt: median ` +
    `${texts[Math.floor(texts.length / 2)]}, most ${texts.at(-1)} tokens; images ${total(prompts.map(({ images }) => images))}; ` +
    `second runs: ${askedAgain} calls`,
);
await lab.close();
process.exitCode = wrong + askedAgain > 0 ? 1 : 0;
