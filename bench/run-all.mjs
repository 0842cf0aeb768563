// `npm run bench`: the benchmarks that need no input of yours. Peers are installed first (bench/package.json).
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));
const follow = (command, args) => {
  const { status } = spawnSync(command, args, { cwd: here, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
};

if (!existsSync(new URL("node_modules/@crawlee", import.meta.url))) follow("npm", ["ci", "--no-audit", "--no-fund"]);
for (const benchmark of ["replay-http.mjs", "replay-browser.mjs", "memory.mjs"])
  follow(process.execPath, [here + benchmark]);
