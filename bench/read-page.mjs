// `npm run bench:read [-- PAGES [ROUNDS]]`: CPU time of reading one stored page on replay, against `cheerio.load` and the same
// fields on the same pages. Steps are told apart by doing one more each time: parse, parse and apply, parse and digest (which
// applies, finds every quote again and packs). Times are CPU of the process, garbage collection included; the first round of
// a process is cold and stands apart. The ratio is cheerio's time over ours.
import { load } from "cheerio";
import { applyRecipe, learnPage, parsePage, verifyEvidence } from "../src/engines/extraction/index.ts";
import { RecipeReader } from "../src/engines/extraction/stencil/recipe-reader.ts";
import { digestReading } from "../src/engines/harvest/records/page-digest.ts";
import { environment, median } from "./measure.mjs";
import { SHAPES } from "./page-shapes.mjs";

const [pages, rounds] = [Number(process.argv[2] ?? 300), Number(process.argv[3] ?? 7)];
const only = process.argv[4];
console.log(`Reading a stored page: ${pages} pages of each shape, median of ${rounds} rounds; ${environment()}`);
for (const shape of SHAPES.filter(({ name }) => !only || name.startsWith(only))) compare(shape);

function compare(shape) {
  const sources = Array.from({ length: pages }, (_, at) => ({
    bytes: Buffer.from(shape.render(at + 1)),
    url: `https://portal.example/list?page=${at + 1}`,
    contentType: "text/html; charset=utf-8",
  }));
  const { recipe } = learnPage(parsePage(sources[0]));
  const options = { embedded: true, pagination: false };
  const reader = new RecipeReader(recipe, options);
  const steps = {
    cheerio: (source) => pick(load(source.bytes.toString()), shape),
    parse: (source) => parsePage(source),
    apply: (source) => applyRecipe(recipe, parsePage(source), options),
    digest: (source) => {
      const page = parsePage(source);
      const holds = (value) => verifyEvidence({ page, value }).ok;
      return digestReading({ ...applyRecipe(recipe, page, options), holds }, recipe.fields);
    },
    stencil: (source) => digestReading(reader.read(source, options), recipe.fields),
  };
  const records = applyRecipe(recipe, parsePage(sources[1]), options).records.length;
  const times = Object.fromEntries(Object.keys(steps).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, step] of Object.entries(steps)) times[name].push(cpuPerPage(sources, step));
  const [cold, warm] = [(name) => times[name][0], (name) => median(times[name].slice(1))];
  const ms = (value) => value.toFixed(3).padStart(7);
  console.log(`\n${shape.name}: ${records} records, ${recipe.fields.length} fields, ${sources[0].bytes.length} bytes`);
  console.log(`  ms CPU a page   parse   apply  digest     all | stencil | cheerio   ratio`);
  for (const [label, time] of Object.entries({ warm, "first round": cold }))
    console.log(
      `  ${label.padEnd(13)}${ms(time("parse"))} ${ms(time("apply") - time("parse"))} ${ms(time("digest") - time("apply"))} ` +
        `${ms(time("digest"))} | ${ms(time("stencil"))} | ${ms(time("cheerio"))} ${ms(time("cheerio") / time("stencil"))}`,
    );
}

function cpuPerPage(sources, step) {
  const before = process.cpuUsage();
  for (const source of sources) step(source);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / sources.length;
}

function pick($, { rows, cells, links }) {
  return Array.from($(rows), (row) => ({
    ...Object.fromEntries(Object.entries(cells).map(([name, selector]) => [name, $(row).find(selector).text().trim()])),
    ...Object.fromEntries(Object.entries(links).map(([name, selector]) => [name, $(row).find(selector).attr("href")])),
  }));
}
