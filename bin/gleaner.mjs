#!/usr/bin/env node
// The command. From a clone it runs the sources under Node 24; installed as a package it runs the built code.
// Plain Node 20 on purpose: npx may be run by an older Node than the program needs.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NEEDED = 24;
const root = fileURLToPath(new URL("../", import.meta.url));
const source = join(root, "src", "surfaces", "cli", "main.ts");
const program = existsSync(source) ? source : join(root, "dist", "surfaces", "cli", "main.js");
const bundledNode = join(root, "node_modules", ".bin", "node");
/**
 * With an arena for each thread the C library of Linux keeps whatever each thread once needed at the same time: more memory,
 * which grows in steps for hours. It has to be told before a program starts. Who sets the variable has his way.
 */
const environment = { MALLOC_ARENA_MAX: "1", ...process.env };
/** What is short-lived gets so much room and no more: by itself it grows for hours, to ten times that, and runs no faster. */
const bounds = ["--max-semi-space-size=8"];

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  if (process.platform === "linux" && process.env.MALLOC_ARENA_MAX === undefined && !process.channel) startAgain();
  module.enableCompileCache?.();
  await import(pathToFileURL(program).href);
} else if (existsSync(bundledNode)) {
  runUnder(bundledNode);
} else {
  console.error(
    existsSync(source)
      ? "Gleaner is not set up yet. Run once in this folder: npm run setup"
      : `Gleaner needs Node ${NEEDED} or later; this is Node ${process.versions.node}.`,
  );
  process.exitCode = 1;
}

/** The same program in the same process, with the environment that it needs. Does not return. */
function startAgain() {
  process.execve?.(
    process.execPath,
    [process.execPath, ...bounds, ...process.execArgv, ...process.argv.slice(1)],
    environment,
  );
}

/** Hands over to Node 24 and ends as it ends. The channel tells it should we be killed. */
function runUnder(node) {
  const child = spawn(node, [...bounds, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: environment,
  });
  // Ctrl-C on a terminal reaches the child too; we only wait until it has ended.
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Node ${NEEDED} could not be started: ${error.message}. Run: npm run setup`);
    process.exitCode = 1;
  });
  child.on("close", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
  });
}
