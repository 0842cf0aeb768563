import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { ReadStream } from "node:tty";
import { PasswordMissing, PasswordsDiffer } from "./errors.ts";

const LONGEST = 1_000;

export interface PasswordStreams {
  input: ReadStream | (NodeJS.ReadableStream & { isTTY?: boolean });
  /** Where the questions are written. */
  output: Writable;
}

/**
 * A new password: asked for twice and not shown where a person types, else the first line of standard input. Never an argument:
 * those are seen by everybody on the machine and kept in the shell's history. @throws PasswordsDiffer, PasswordMissing
 */
export async function readNewPassword({ input, output }: PasswordStreams): Promise<string> {
  if (input.isTTY !== true) return firstLine(input);
  const password = await askHidden("New password: ", { input, output });
  const again = await askHidden("The same again: ", { input, output });
  if (password === "") throw new PasswordMissing();
  if (password !== again) throw new PasswordsDiffer();
  return password;
}

async function askHidden(question: string, { input, output }: PasswordStreams): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true, historySize: 0 });
  const answer = lines.question("");
  output.write(question);
  try {
    return await answer;
  } catch {
    // Ctrl-C and Ctrl-D.
    throw new PasswordMissing();
  } finally {
    lines.close();
    output.write("\n");
  }
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes("\n") || text.length > LONGEST) break;
  }
  const [line = ""] = text.split(/\r?\n/, 1);
  if (line === "") throw new PasswordMissing();
  return line;
}
