// Brings node_modules in line with the lockfile, and with it Node 24. Plain Node 20, no dependencies.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, tail } from "./run.mjs";
import { SetUpFailure } from "./set-up-failure.mjs";

const INSTALL_LIMIT_MS = 15 * 60_000;
export const NEEDED_NODE = 24;

/** Installs when what is there is not what the lockfile says. Returns whether it had to. */
export async function installDependencies(root, say) {
  if (isInstalled(root)) return false;
  say("Installing dependencies (npm ci) …");
  const [command, args] = npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  const { ok, output } = await run(command, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "development" },
    timeoutMs: INSTALL_LIMIT_MS,
  });
  if (!ok) {
    throw new SetUpFailure(
      `The dependencies could not be installed. npm ci said:\n\n${tail(output)}\n\n` +
        "Check that this machine reaches its npm registry (npm ping) and that the folder is writable, then try again.",
    );
  }
  await checkNode(root);
  return true;
}

/** npm notes what it installed in a lockfile of its own, as its last act. */
function isInstalled(root) {
  const noted = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(noted) || !existsSync(nodePath(root))) return false;
  const there = JSON.parse(readFileSync(noted, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) => path === "" || optional || link || there[path]?.version === version,
  );
}

/** Node 24, which comes with the dependencies because machines may bring an older one. */
export function nodePath(root) {
  return join(root, "node_modules", ".bin", "node");
}

/** Environment in which every program that a script starts finds Node 24 first. */
export function withNode24(root) {
  return { ...process.env, PATH: join(root, "node_modules", ".bin") + delimiter + (process.env.PATH ?? "") };
}

async function checkNode(root) {
  const { ok, output } = await run(nodePath(root), ["--version"], { cwd: root, timeoutMs: 20_000 });
  const major = Number(/^v(\d+)\./.exec(output)?.[1] ?? 0);
  if (ok && major >= NEEDED_NODE) return;
  throw new SetUpFailure(
    `Node ${NEEDED_NODE} should have come with the dependencies but does not run here: ${tail(output, 3)}\n` +
      `Install Node ${NEEDED_NODE} from nodejs.org and run the command with it.`,
  );
}

/** npm as the process that started us used it, or the one on the path. */
function npm(args) {
  const own = process.env.npm_execpath;
  return own?.endsWith(".js") ? [process.execPath, [own, ...args]] : ["npm", args];
}
