// Run by `npm test` and `npm run types`: writes the types of openapi.json for web/, then checks web/ against them.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTypes, { astToString } from "openapi-typescript";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const document = JSON.parse(readFileSync(join(ROOT, "openapi.json"), "utf8"));
const head = "// Made from openapi.json by web/check-types.mjs; not kept in git, so it cannot be out of date.\n";
writeFileSync(join(ROOT, "web", "src", "api", "api-schema.d.ts"), head + astToString(await openapiTypes(document)));

const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "--noEmit", "-p", "web"], { cwd: ROOT, stdio: "inherit" });
process.exitCode = status ?? 1;
