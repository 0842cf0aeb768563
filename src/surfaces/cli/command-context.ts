import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** What every command gets. A command returns how it ended; it never ends the process. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborts when the person wants the command to end. */
  readonly signal: AbortSignal;
  readonly finish: (code: ExitCode) => void;
}
