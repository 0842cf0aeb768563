import { once } from "node:events";
import type { Writable } from "node:stream";
import type { PasswordStreams } from "./password-input.ts";

export interface TerminalOptions {
  stdout: Writable;
  stderr: Writable;
  /** Where passwords are typed, or piped in. */
  stdin: PasswordStreams["input"];
  /** Whether a person watches standard error. */
  interactive: boolean;
  /** Columns of standard output. */
  width: number;
}

/** Results go to standard output; everything that is told on the way goes to standard error. */
export class Terminal {
  readonly interactive: boolean;
  readonly width: number;
  readonly stderr: Writable;
  readonly #stdout: Writable;
  readonly #stdin: PasswordStreams["input"];

  constructor({ stdout, stderr, stdin, interactive, width }: TerminalOptions) {
    this.#stdout = stdout;
    this.#stdin = stdin;
    this.stderr = stderr;
    this.interactive = interactive;
    this.width = width;
  }

  /** Writes to standard output and waits when the reader is slower than we are. */
  async write(text: string): Promise<void> {
    if (!this.#stdout.write(text)) await once(this.#stdout, "drain");
  }

  async print(line = ""): Promise<void> {
    await this.write(`${line}\n`);
  }

  async printJson(value: unknown): Promise<void> {
    await this.print(JSON.stringify(value));
  }

  get passwordStreams(): PasswordStreams {
    return { input: this.#stdin, output: this.stderr };
  }

  /** A line for the person at the terminal. */
  tell(line: string): void {
    this.stderr.write(`${line}\n`);
  }
}

/** Rows in columns that fit the width; what does not fit is cut with an ellipsis. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()));
  const natural = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const widths = shrink(natural, Math.max(width - 2 * (head.length - 1), head.length * 4));
  const lines = cells.map((row) =>
    widths
      .map((size, column) => cut(row[column] ?? "", size).padEnd(size))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0], widths.map((size) => "─".repeat(size)).join("  "), ...lines.slice(1)].join("\n");
}

/** Takes from the widest column until all fit. */
function shrink(widths: readonly number[], room: number): number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, size) => sum + size, 0) - room;
  while (excess > 0) {
    const widest = fitted.indexOf(Math.max(...fitted));
    const next = Math.max(...fitted.filter((_, at) => at !== widest), 4);
    const size = fitted[widest] ?? 0;
    const taken = Math.min(excess, Math.max(1, size - next));
    if (size <= 4) break;
    fitted[widest] = size - taken;
    excess -= taken;
  }
  return fitted;
}

function cut(text: string, size: number): string {
  return text.length <= size ? text : `${text.slice(0, Math.max(0, size - 1))}…`;
}
