import { EXIT } from "./exit-code.ts";
import { watchInterruption } from "./interruption.ts";
import { reportOutput, runCli } from "./run-cli.ts";
import { Terminal } from "./terminal.ts";

const NARROW = 100;

/** The process: standard streams, signals and the exit code. */
const { stdin, stdout, stderr } = process;
const terminal = new Terminal({ stdin, stdout, stderr, interactive: stderr.isTTY, width: stdout.columns ?? NARROW });
const interruption = watchInterruption(() => process.exit(EXIT.interrupted));

stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(reportOutput(error, terminal)));

process.exitCode = await runCli(process.argv.slice(2), terminal, interruption.signal);
interruption.stop();
