#!/usr/bin/env node
// The command. From a clone it runs the sources under Node 24; installed as a package it runs the built code.
// Plain Node 20 on purpose: npx may be run by an older Node than the program needs.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { boundedEnvironment, boundsFor, isBounded } from "./bounds.mjs";

const NEEDED = 24;
const root = fileURLToPath(new URL("../", import.meta.url));
const source = join(root, "src", "surfaces", "cli", "main.ts");
const program = existsSync(source) ? source : join(root, "dist", "surfaces", "cli", "main.js");
const bundledNode = join(root, "node_modules", ".bin", "node");

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  if (!isBounded()) startAgain();
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

/**
 * The same program in the same process, within its bounds. Does not return, but where a process cannot be replaced (Windows,
 * Node before 24.1) or a parent talks to it over a channel, which would be lost: there it goes on as it is.
 */
function startAgain() {
  if (process.platform === "win32" || process.channel || !process.execve) return;
  const given = [...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, [process.execPath, ...boundsFor(), ...given], boundedEnvironment);
}

/** Hands over to Node 24 and ends as it ends. The channel tells it should we be killed. */
function runUnder(node) {
  const child = spawn(node, [...boundsFor(NEEDED), fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: boundedEnvironment,
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
