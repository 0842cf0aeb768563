import { PassThrough, Writable } from "node:stream";
import { runCli, Terminal } from "#surfaces/cli/testing";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the command in this process: all of it but the start of a program, which takes longer than most commands. `onTold`
 * sees all of standard error so far.
 */
export async function runCommand(args: string[], onTold: (told: string) => void = () => undefined): Promise<Ended> {
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  const into = (stream: "stdout" | "stderr") =>
    new Writable({
      write: (chunk, _encoding, done) => {
        ended[stream] += String(chunk);
        if (stream === "stderr") onTold(ended.stderr);
        done();
      },
    });
  const streams = { stdin: new PassThrough(), stdout: into("stdout"), stderr: into("stderr") };
  const terminal = new Terminal({ ...streams, interactive: false, width: 100 });
  ended.code = await runCli(args, terminal, new AbortController().signal);
  return ended;
}
