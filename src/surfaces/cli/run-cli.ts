import { Command, CommanderError } from "commander";
import { AppError, databaseLostBehind, diskFullBehind } from "#kernel";
import { VERSION } from "#app";
import type { CommandContext } from "./command-context.ts";
import { addDeadLetters } from "./commands/dead-letters.ts";
import { addDb } from "./commands/db.ts";
import { addDemo } from "./commands/demo.ts";
import { addExtract } from "./commands/extract.ts";
import { addHarvest } from "./commands/harvest.ts";
import { addKeys } from "./commands/keys.ts";
import { addLearn } from "./commands/learn.ts";
import { addServe } from "./commands/serve.ts";
import { addUsers } from "./commands/users.ts";
import { addVerify } from "./commands/verify.ts";
import { OutputFailed } from "./errors.ts";
import { EXIT, exitCodeOf, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** In the order of `--help`. */
const COMMANDS = [
  addHarvest,
  addLearn,
  addVerify,
  addExtract,
  addServe,
  addKeys,
  addUsers,
  addDeadLetters,
  addDb,
  addDemo,
];

/** Runs one command line (without program names) and gives its exit code. Never throws and never ends the process. */
export async function runCli(argv: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram({ terminal, signal, finish: (ended) => (code = ended) });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    if (signal.aborted) return EXIT.interrupted;
    return report(error, terminal, argv.includes("--json"));
  }
}

/** Standard output takes nothing more. Whoever reads it may stop reading (`| head`); that is no failure of ours. */
export function reportOutput(error: NodeJS.ErrnoException, terminal: Terminal): ExitCode {
  if (error.code === "EPIPE") return EXIT.ok;
  const failed = new OutputFailed(error);
  terminal.tell(`${failed.message} [${failed.code}]`);
  return exitCodeOf(failed);
}

/** All commands with their options, not yet run. */
export function buildProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command("gleaner")
    .description(
      "Collects data that people can check: learns a listing once, replays it, and points every value at its evidence.",
    )
    .version(VERSION)
    .showHelpAfterError("(--help shows examples)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.width,
    });
  for (const add of COMMANDS) add(program, context);
  return program;
}

async function report(thrown: unknown, terminal: Terminal, json: boolean): Promise<ExitCode> {
  const error = diskFullBehind(thrown) ?? databaseLostBehind(thrown) ?? thrown;
  if (error instanceof AppError) {
    const { code, message, details } = error;
    if (json) await terminal.printJson({ error: { code, message, details } });
    else terminal.tell(`${message} [${code}]`);
    return exitCodeOf(error);
  }
  if (json) await terminal.printJson({ error: { code: "internal", message: "Something went wrong.", details: {} } });
  terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.internal;
}
