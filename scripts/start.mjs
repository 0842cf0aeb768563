// `npm start`: sets up what is missing, then runs the main job on the demo portal and stays up.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { boundedEnvironment, boundsFor } from "../bin/bounds.mjs";
import { NEEDED_NODE, nodePath } from "./set-up/dependencies.mjs";
import { runScript } from "./set-up/set-up-failure.mjs";
import { ROOT, setUp } from "./set-up/set-up.mjs";

await runScript(async () => {
  await setUp();
  return new Promise((resolve) => {
    const program = join(ROOT, "src", "surfaces", "cli", "main.ts");
    const child = spawn(nodePath(ROOT), [...boundsFor(NEEDED_NODE), program, "demo", ...process.argv.slice(2)], {
      cwd: ROOT,
      // Compiled once, kept beside the dependencies: a second start is faster by a third.
      env: { ...boundedEnvironment, NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "compiled") },
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    // Ctrl-C reaches the child too; we only wait until it has ended.
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", () => resolve(1));
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
});
