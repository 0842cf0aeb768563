// Runs a program for the set-up, with a limit and without a shell. Plain Node 20, no dependencies.
import { spawn } from "node:child_process";

/**
 * Resolves with `{ ok, code, output }` when the program ends or `timeoutMs` is over; never rejects.
 * `output` is what it wrote, both streams together. With `show`, it writes to our own streams instead.
 */
export function run(command, args, { cwd, env, timeoutMs, show = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", ...(show ? ["inherit", "inherit"] : ["pipe", "pipe"])],
    });
    const chunks = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    const finish = (ok, code, note = "") => {
      clearTimeout(timer);
      resolve({ ok, code, output: Buffer.concat(chunks).toString("utf8") + note });
    };
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => finish(false, null, `\n${error.message}`));
    child.on("close", (code) => {
      finish(code === 0 && !timedOut, code, timedOut ? `\nStopped after ${Math.round(timeoutMs / 1000)} s.` : "");
    });
  });
}

/** The last lines of a program's output, for an error message. */
export function tail(output, count = 15) {
  return output.trimEnd().split("\n").slice(-count).join("\n");
}
