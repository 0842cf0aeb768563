import type { Command } from "commander";
import { verifyRun } from "#app";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatTable } from "../terminal.ts";

interface VerifyFlags {
  dataDir?: string;
  json?: true;
}

const SHOWN_FAILURES = 20;

export function addVerify(program: Command, context: CommandContext): void {
  program
    .command("verify")
    .argument("<run>", "id of a harvest run")
    .description("Find every value of a run again in the stored bytes, without asking its source.")
    .option("--data-dir <folder>", "where database and evidence are kept")
    .option("--json", "one JSON object on standard output")
    .addHelpText(
      "after",
      `
Examples:
  $ gleaner verify 0198c2f0-6a1d-7cc0-8f0e-2f1a53a1b0de
  $ gleaner verify 0198c2f0-6a1d-7cc0-8f0e-2f1a53a1b0de --json

Ends with 0 when every value stands where its evidence says, 7 when one does not. What a later program than the run's
would read differently is told, and fails nothing.`,
    )
    .action(async (run: string, flags: VerifyFlags) => context.finish(await verify(run, flags, context)));
}

async function verify(run: string, flags: VerifyFlags, { terminal, signal }: CommandContext): Promise<ExitCode> {
  const report = await verifyRun(run, { dataFolder: flags.dataDir ?? null, signal });
  if (flags.json) {
    await terminal.printJson(report);
  } else {
    const { checked, records, pages, failures, failed } = report;
    await terminal.print(`${checked} values of ${records} records on ${pages} pages checked, ${failures} failed`);
    const rows = failed
      .slice(0, SHOWN_FAILURES)
      .map(({ record, field, reason, message }) => [record, field, reason, message]);
    if (rows.length > 0) await terminal.print(formatTable(["record", "field", "reason", "what"], rows, terminal.width));
    const { differences, program } = report;
    if (differences > 0)
      await terminal.print(
        `${differences} are read differently today: the run was made by ${program.run ?? "an older program"}, this is ${program.now}`,
      );
  }
  return report.ok ? EXIT.ok : EXIT.notVerified;
}
