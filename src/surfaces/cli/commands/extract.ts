import type { Command } from "commander";
import { extractBatch, parseFieldWish } from "#app";
import { commaList } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";

interface ExtractFlags {
  batch: string;
  embedded: boolean;
  fields?: string[];
}

export function addExtract(program: Command, context: CommandContext): void {
  program
    .command("extract")
    .description("Read stored pages: one JSON line for each line of a batch file.")
    .requiredOption(
      "--batch <file>",
      "JSON Lines: {id, path, url?, encoding?, learnFrom?}; paths from the current folder, .gz too",
    )
    .option("--no-embedded", "ignore JSON-LD, microdata and script state")
    .option("--fields <names>", "the columns that are wanted, comma-separated", commaList)
    .option("--json", "JSON on standard output, which is what this command always writes")
    .addHelpText(
      "after",
      `
Examples:
  $ gleaner extract --batch pages.jsonl > records.jsonl
  $ gleaner extract --batch pages.jsonl --no-embedded

A line that names learnFrom, the id of another line, is read with what that page taught.
Ends with 0 when every page was read, 3 when some failed; their lines hold "error".`,
    )
    .action(async (flags: ExtractFlags) => context.finish(await extract(flags, context)));
}

async function extract(
  { batch, embedded, fields }: ExtractFlags,
  { terminal, signal }: CommandContext,
): Promise<ExitCode> {
  const wish = fields ? { wish: parseFieldWish(fields) } : {};
  let failed = 0;
  for await (const line of extractBatch(batch, { embedded, signal, ...wish })) {
    if ("error" in line) failed += 1;
    await terminal.printJson(line);
  }
  if (failed > 0) terminal.tell(`${failed} pages could not be read; their lines say why.`);
  return failed === 0 ? EXIT.ok : EXIT.incomplete;
}
