// Run before packing, and by the set-up: builds web/ into dist/web, which the API serves at / (`npm run build`).
// Every file is also written compressed, so that serving it costs nothing.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { dashboardHash, DASHBOARD_STAMP } from "./set-up/dashboard-sources.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const BUNDLE = join(ROOT, "dist", "web");
const COMPRESSIBLE = "**/*.{js,css,html,svg}";

const hash = dashboardHash(ROOT);
const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
const { status } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
  cwd: join(ROOT, "web"),
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

for (const file of globSync(COMPRESSIBLE, { cwd: BUNDLE })) {
  const bytes = readFileSync(join(BUNDLE, file));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(join(BUNDLE, `${file}.br`), brotliCompressSync(bytes, { params }));
  writeFileSync(join(BUNDLE, `${file}.gz`), gzipSync(bytes, { level: 9 }));
}
writeFileSync(join(ROOT, DASHBOARD_STAMP), hash);
