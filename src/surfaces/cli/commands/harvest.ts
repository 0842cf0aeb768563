import { Option, type Command } from "commander";
import { AppError } from "#kernel";
import { harvestSource, type FinishedHarvest, type HarvestedRecord } from "#app";
import { wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { NothingToHarvest } from "../errors.ts";
import { EXIT, exitCodeOfHarvest } from "../exit-code.ts";
import { watchHarvest } from "../harvest-progress.ts";
import { addReachOptions, reachOf, type ReachFlags } from "../reach-options.ts";
import { formatTable, type Terminal } from "../terminal.ts";

const SHOWN_RECORDS = 20;

interface HarvestFlags extends ReachFlags {
  recipe?: string;
  saveRecipe?: string;
  resume?: string;
  addresses?: string;
  maxPages?: number;
  maxMinutes?: number;
  concurrency?: number;
  evidence: boolean;
}

export function addHarvest(program: Command, context: CommandContext): void {
  addReachOptions(program.command("harvest").argument("[url]", "address of a listing"))
    .description("Learn a listing, or take a recipe, and bring all its records home.")
    .addOption(new Option("--recipe <file|id>", "harvest with this recipe instead of learning").conflicts("resume"))
    .option("--save-recipe <file>", "write the recipe that was used to a file")
    .addOption(new Option("--resume <run>", "go on with a run that was cut off"))
    .addOption(
      new Option(
        "--addresses <file>",
        "read these list pages, one address a line, side by side instead of following the pager",
      ).conflicts(["resume", "input"]),
    )
    .option("--max-pages <n>", "stop after this many list pages", wholeNumber(1))
    .option("--max-minutes <n>", "stop after this time", wholeNumber(1))
    .option("--concurrency <n>", "requests at a time for known pages and details", wholeNumber(1))
    .option("--no-evidence", "store no pages; nothing can be verified later")
    .addHelpText(
      "after",
      `
Examples:
  $ gleaner harvest https://tenders.example/open
  $ gleaner harvest https://tenders.example/open --fields title,closing_date --json > tenders.json
  $ gleaner harvest http://127.0.0.1:8080/list --allow-host 127.0.0.1:8080 --details
  $ gleaner harvest https://tenders.example/search --input from=today-30d --input to=today
  $ gleaner harvest --addresses pages.txt --recipe ./tenders.json --concurrency 8
  $ gleaner harvest --resume 0198c2f0-6a1d-7cc0-8f0e-2f1a53a1b0de

Ends with 0 complete, 2 bad input, 3 incomplete, 4 wall, 5 source unreachable, 6 completeness unknown, 130 interrupted.`,
    )
    .action(async (url: string | undefined, flags: HarvestFlags) => {
      context.finish(await harvest(url ?? null, flags, context));
    });
}

async function harvest(url: string | null, flags: HarvestFlags, { terminal, signal }: CommandContext) {
  if (url === null && [flags.recipe, flags.resume, flags.addresses].every((given) => given === undefined))
    throw new NothingToHarvest();
  const view = watchHarvest(terminal);
  let run: string | null = null;
  try {
    await using job = await harvestSource({
      ...reachOf(flags),
      url,
      recipe: flags.recipe ?? null,
      resume: flags.resume ?? null,
      addresses: flags.addresses ?? null,
      dataFolder: flags.dataDir ?? null,
      evidence: flags.evidence,
      ...(flags.maxPages === undefined ? {} : { maxPages: flags.maxPages }),
      ...(flags.maxMinutes === undefined ? {} : { maxMs: flags.maxMinutes * 60_000 }),
      ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
      saveRecipeTo: flags.saveRecipe ?? null,
      signal,
      onNotice: (notice) => terminal.tell(notice),
      onProgress: (event) => {
        if (event.kind === "started") run = event.run;
        view.show(event);
      },
    });
    view.close();
    const { result } = job;
    await (flags.json ? printJson(terminal, job) : printForPeople(terminal, job));
    if (result.reason === "cancelled") terminal.tell(howToResume(result.run));
    return exitCodeOfHarvest(result.reason, result.completeness.state);
  } catch (error) {
    if (signal.aborted) {
      terminal.tell(run === null ? "Stopped before the first page." : howToResume(run));
      return EXIT.interrupted;
    }
    if (run !== null && mayGoOn(error)) terminal.tell(howToResume(run));
    throw error;
  } finally {
    view.close();
  }
}

/** Not so where somebody has to change something first, or another process goes on with it. */
const mayGoOn = (error: unknown): boolean => !(error instanceof AppError) || error.kind === "unavailable";

function howToResume(run: string): string {
  return `Stopped. Go on with: gleaner harvest --resume ${run}`;
}

/** One object, written as the records come, so that a large harvest needs no large memory. */
async function printJson(terminal: Terminal, { result, records }: FinishedHarvest): Promise<void> {
  await terminal.write('{"records":[');
  let separator = "";
  for await (const record of records()) {
    await terminal.write(separator + JSON.stringify(plain(record)));
    separator = ",";
  }
  const { completeness, ...rest } = result;
  const tail = { completeness: completeness.state, ...rest, coverage: completeness };
  await terminal.print(`],${JSON.stringify(tail).slice(1)}`);
}

function plain({ detail, ...record }: HarvestedRecord) {
  return detail === null ? record : { ...record, detail };
}

async function printForPeople(terminal: Terminal, { result, records }: FinishedHarvest): Promise<void> {
  const shown: HarvestedRecord[] = [];
  for await (const record of records()) if (shown.push(record) === SHOWN_RECORDS) break;
  const columns = [...new Set(shown.flatMap(({ fields }) => Object.keys(fields)))].slice(0, 6);
  const rows = shown.map(({ text, fields }) =>
    columns.length > 0 ? columns.map((name) => fields[name] ?? "") : [text],
  );
  if (rows.length > 0) await terminal.print(formatTable(columns.length > 0 ? columns : ["text"], rows, terminal.width));
  if (result.recordCount > shown.length) await terminal.print(`… and ${result.recordCount - shown.length} more`);
  const { completeness, pages, recordCount, run } = result;
  await terminal.print();
  await terminal.print(`${recordCount} records from ${pages} pages: ${completeness.state} (${completeness.reason})`);
  if (result.unverifiedCount > 0)
    await terminal.print(`${result.unverifiedCount} records hold values that could not be verified.`);
  for (const note of result.notes) await terminal.print(`note: ${note}`);
  if (result.wall) await terminal.print(`A person is needed at ${result.wall.url}: ${result.wall.message}`);
  await terminal.print(`Check the evidence: gleaner verify ${run}`);
}
