import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDemoSite, type DemoSite } from "#surfaces/demo";

/**
 * Another package that installed the tarball: its files under node_modules/gleaner, and the dependencies that npm would have
 * put beside it linked from ours, so that the test needs no registry.
 */
const folder = mkdtempSync(join(tmpdir(), "gleaner-user-"));
let town: DemoSite;

beforeAll(async () => {
  town = await startDemoSite();
  const listing = await run("npm", ["pack", "--json", "--pack-destination", folder], process.cwd());
  const [packed] = JSON.parse(listing.replace(/^[^[]*/, ""));
  const installed = join(folder, "node_modules", "gleaner");
  mkdirSync(installed, { recursive: true });
  await run("tar", ["-xzf", join(folder, packed.filename), "-C", installed, "--strip-components", "1"], folder);
  symlinkSync(resolve("node_modules"), join(installed, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", type: "module" }));
}, 120_000);
afterAll(async () => {
  await town.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Does not block: the town is served by this very process. */
async function run(command: string, args: string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, encoding: "utf8", timeout: 100_000 });
  return stdout;
}

test("another package harvests and extracts in a few lines", async () => {
  writeFileSync(
    join(folder, "use.mjs"),
    `import { extract, harvest, learn } from "gleaner";
const options = { allowHosts: [${JSON.stringify(town.host)}] };
const learnt = await learn(${JSON.stringify(town.listUrl)}, options);
const found = await harvest(${JSON.stringify(town.listUrl)}, { ...options, recipe: learnt.recipe });
const html = "<ul>" + ["a", "b", "c"].map((x) => \`<li><a href="/\${x}">Offer \${x}</a> 1 May 2026</li>\`).join("") + "</ul>";
const page = extract(html, { url: "https://shop.example/" });
console.log(JSON.stringify({ kind: learnt.kind, records: found.records.length, state: found.completeness.state, items: page.records.length }));`,
  );

  expect(JSON.parse(await run(process.execPath, ["use.mjs"], folder))).toEqual({
    kind: "list",
    records: 27,
    state: "complete",
    items: 3,
  });
});

test("its types hold in a strict program", async () => {
  writeFileSync(
    join(folder, "use.ts"),
    `import { extract, harvest, type Harvested } from "gleaner";
const done: Harvested = await harvest("https://x.example", { maxPages: 1, wish: ["title"], onProgress: (event) => event.kind });
const quote: string | undefined = done.records[0]?.evidence["title"]?.quote;
const state: "complete" | "incomplete" | "unknown" = done.completeness.state;
const href: string | undefined = extract("<p>").next?.href;
// @ts-expect-error: there is no such option
await harvest("https://x.example", { pages: 1 });
export { href, quote, state };`,
  );
  const options = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2024",
    skipLibCheck: true,
    types: ["node"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["use.ts"] }));
  symlinkSync(resolve("node_modules/@types"), join(folder, "node_modules", "@types"));

  expect(await run(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", "."], folder)).toBe("");
});

test("the command of the package runs what was built", async () => {
  const version = await run(
    process.execPath,
    [join(folder, "node_modules", "gleaner", "bin", "gleaner.mjs"), "--version"],
    folder,
  );

  expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});
