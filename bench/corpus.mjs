// `npm run bench:corpus -- CORPUS_DIR [TASK…]`: runs `gleaner extract --batch` and `gleaner harvest` over a corpus of recorded
// pages that has the layout of its README (score.mjs, replay.mjs), and prints what its scorer says.
// Tasks: records transfer pagination forms detail detail-no-embedded sites sites-browser.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, openSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const ALL = ["records", "transfer", "pagination", "forms", "detail", "detail-no-embedded", "sites", "sites-browser"];
const [corpus, ...asked] = process.argv.slice(2);
if (!corpus) throw new Error("Usage: npm run bench:corpus -- CORPUS_DIR [TASK…]");
const gleaner = new URL("../bin/gleaner.mjs", import.meta.url).pathname;
const scorer = resolve(corpus, "score.mjs");
const work = await mkdtemp(join(tmpdir(), "gleaner-corpus-"));

for (const task of asked.length > 0 ? asked : ALL) {
  console.log(`\n== ${task}`);
  const name = task.replace(/-(no-embedded|browser)$/, "");
  const predictions = join(work, `${task}.jsonl`);
  if (name === "sites") await harvestSites(predictions, task.endsWith("browser"));
  else await extractPages(name, predictions, task.endsWith("no-embedded"));
  await node([scorer, "score", name, predictions], "inherit");
}
console.log(`\npredictions: ${work}`);

async function extractPages(task, predictions, noEmbedded) {
  const pages = join(work, `${task}.pages.jsonl`);
  await node([scorer, "manifest", task], openSync(pages, "w"));
  const options = noEmbedded ? ["--no-embedded"] : [];
  await node([gleaner, "extract", "--batch", pages, ...options], openSync(predictions, "w"));
}

async function harvestSites(predictions, browser) {
  const { startReplay } = await import(pathToFileURL(resolve(corpus, "replay.mjs")).href);
  const walkable = JSON.parse(readFileSync(resolve(corpus, "sites/walkable.json"), "utf8"));
  const sites = walkable.sites.map(({ site }) => site);
  const out = createWriteStream(predictions);
  for (const site of sites) {
    const server = await startReplay({ site, corpus });
    const lines = await harvestOne(server, browser);
    await server.close();
    out.write(`${JSON.stringify({ site, ...lines })}\n`);
    console.log(
      `  ${site}: ${lines.records.length} records, ${lines.completeness} (${lines.reason}), ${lines.pages} pages`,
    );
  }
  out.end();
  await once(out, "finish");
}

async function harvestOne({ url, listUrl }, browser) {
  if (!listUrl) return { records: [], completeness: "unknown", reason: "no_list_url", pages: 0 };
  const file = join(work, "harvest.json");
  const data = await mkdtemp(join(work, "data-"));
  const options = ["--json", "--allow-host", new URL(url).host, ...(browser ? ["--browser"] : [])];
  await node([gleaner, "harvest", listUrl, ...options], openSync(file, "w"), { GLEANER_DATA_DIR: data });
  try {
    const { records, completeness, reason, pages } = JSON.parse(readFileSync(file, "utf8"));
    return {
      records: records.map(({ text, links, fields }) => ({ text, links, fields })),
      completeness: state(completeness),
      reason,
      pages,
    };
  } catch (error) {
    writeFileSync(2, `${String(error)}\n`);
    return { records: [], completeness: "unknown", reason: "failed", pages: 0 };
  }
}

function state(completeness) {
  return typeof completeness === "string" ? completeness : completeness.state;
}

/** Exit codes of gleaner tell the outcome of a harvest; what counts here is what it wrote. */
async function node(args, stdout, environment = {}) {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", stdout, "inherit"],
    env: { ...process.env, ...environment },
  });
  await once(child, "close");
}
