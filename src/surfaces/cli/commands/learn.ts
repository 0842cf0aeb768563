import type { Command } from "commander";
import { learnSource } from "#app";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { watchHarvest } from "../harvest-progress.ts";
import { addReachOptions, reachOf, type ReachFlags } from "../reach-options.ts";
import { formatTable } from "../terminal.ts";

interface LearnFlags extends ReachFlags {
  saveRecipe?: string;
}

export function addLearn(program: Command, context: CommandContext): void {
  addReachOptions(program.command("learn").argument("<url>", "address of a listing"))
    .description("Learn a listing and show what was learnt, without harvesting it.")
    .option("--save-recipe <file>", "write the recipe to a file")
    .addHelpText(
      "after",
      `
Examples:
  $ gleaner learn https://tenders.example/open
  $ gleaner learn https://tenders.example/open --fields title,closing_date --save-recipe tenders.json
  $ gleaner harvest --recipe tenders.json`,
    )
    .action(async (url: string, flags: LearnFlags) => context.finish(await learn(url, flags, context)));
}

async function learn(url: string, flags: LearnFlags, { terminal, signal }: CommandContext): Promise<ExitCode> {
  const view = watchHarvest(terminal);
  const outcome = await learnSource({
    ...reachOf(flags),
    url,
    dataFolder: flags.dataDir ?? null,
    saveRecipeTo: flags.saveRecipe ?? null,
    signal,
    onNotice: (notice) => terminal.tell(notice),
    onProgress: (event) => view.show(event),
  }).finally(() => view.close());
  if (flags.json) {
    await terminal.printJson(outcome);
  } else {
    const columns = [...new Set(outcome.sample.flatMap(({ fields }) => Object.keys(fields)))].slice(0, 6);
    const rows = outcome.sample.slice(0, 10).map(({ fields }) => columns.map((name) => fields[name]?.value ?? ""));
    if (columns.length > 0) await terminal.print(formatTable(columns, rows, terminal.width));
    await terminal.print(`The page is: ${outcome.kind}. Confidence ${outcome.confidence.toFixed(2)}.`);
    for (const sentence of outcome.how) await terminal.print(sentence);
    for (const note of outcome.notes) await terminal.print(`note: ${note}`);
    if (outcome.recipeId) await terminal.print(`Harvest it with: gleaner harvest --recipe ${outcome.recipeId}`);
  }
  if (outcome.wall) return EXIT.wall;
  return outcome.recipe ? EXIT.ok : EXIT.incomplete;
}
