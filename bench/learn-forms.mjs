// `node bench/learn-forms.mjs CORPUS_DIR [MORE_DIR…] [--write]`: learns the weights that tell what a form is for, from
// labelled pages (forms/truth.jsonl of CORPUS_DIR), and cross-validates them: ten folds, no site in two of them. Pages of
// the further folders are only learnt from, never tested on. `--write` puts the weights into form-weights.ts.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { formSigns } from "../src/engines/extraction/forms/form-signs.ts";
import { readForms } from "../src/engines/extraction/forms/read-form.ts";
import { parsePage } from "../src/engines/extraction/page/parse-page.ts";

const TYPES = "search login registration recovery contact newsletter order other".split(" ");
const CODES = { s: 0, l: 1, r: 2, p: 3, c: 4, m: 5, b: 6, o: 7, P: 7, V: 7, N: 7, C: 7 };
const [PENALTY, ROUNDS, RATE, FOLDS, FEWEST] = [3, 300, 0.5, 10, 8];
const WEIGHTS = new URL("../src/engines/extraction/forms/form-weights.ts", import.meta.url);

const folders = process.argv.slice(2).filter((argument) => argument !== "--write");
if (folders.length === 0) throw new Error("Usage: node bench/learn-forms.mjs CORPUS_DIR [MORE_DIR…] [--write]");
const [tested, ...others] = folders.map(labelledForms);
const more = others.flat();
const counts = new Map();
for (const { signs } of tested) for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1);
const known = [...counts].filter(([, count]) => count >= FEWEST).map(([sign]) => sign);
const names = ["bias", ...known.sort()];
for (const form of [...tested, ...more])
  form.at = [0, ...[...form.signs].map((sign) => names.indexOf(sign)).filter((at) => at > 0)];

const sites = [...new Set(tested.map(({ site }) => site))];
const foldOf = ({ site }) => (sites.indexOf(site) * 7) % FOLDS;
const guesses = [];
for (let fold = 0; fold < FOLDS; fold += 1) {
  const weights = learn([...tested.filter((form) => foldOf(form) !== fold), ...more]);
  for (const form of tested.filter((one) => foldOf(one) === fold)) guesses.push([form.type, guess(weights, form)]);
}
tell("cross-validated", guesses);
const weights = learn([...tested, ...more]);
tell("the pages learnt from", tested.map((form) => [form.type, guess(weights, form)])); // prettier-ignore
if (process.argv.includes("--write")) write(weights);

function labelledForms(folder) {
  const rows = readFileSync(join(folder, "forms/truth.jsonl"), "utf8").trim().split("\n").map(JSON.parse);
  return rows.flatMap(({ html, url, forms: codes }) => {
    const forms = readForms(parsePage({ bytes: gunzipSync(readFileSync(join(folder, "forms", html))), url }));
    const site = new URL(url).hostname.split(".").slice(-2).join(".");
    return codes.flatMap((code, at) =>
      code in CODES ? [{ type: CODES[code], site, signs: forms[at] ? formSigns(forms[at]) : new Set() }] : [],
    );
  });
}

/** Multinomial logistic regression with a penalty on large weights (L2), by gradient descent with steps of their own. */
function learn(forms) {
  const table = () => TYPES.map(() => new Float64Array(names.length));
  const [learnt, squares] = [table(), table()];
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = table();
    for (const form of forms) {
      const shares = sharesOf(learnt, form);
      for (const type of TYPES.keys())
        for (const at of form.at) slopes[type][at] += shares[type] - (type === form.type ? 1 : 0);
    }
    for (const type of TYPES.keys())
      for (const at of names.keys()) {
        const slope = slopes[type][at] + (at === 0 ? 0 : PENALTY * learnt[type][at]);
        squares[type][at] += slope * slope;
        learnt[type][at] -= (RATE * slope) / Math.sqrt(squares[type][at] + 1e-6);
      }
  }
  return learnt;
}

function sharesOf(learnt, { at: places }) {
  const scores = learnt.map((row) => Math.exp(places.reduce((sum, at) => sum + row[at], 0)));
  const total = scores.reduce((sum, score) => sum + score, 0);
  return scores.map((score) => score / total);
}

function guess(learnt, form) {
  const shares = sharesOf(learnt, form);
  return shares.indexOf(Math.max(...shares));
}

function tell(what, pairs) {
  const count = (fits) => pairs.filter(fits).length;
  const f1 = TYPES.map((name, type) => {
    const right = count(([truth, said]) => truth === type && said === type);
    return `${name} ${((2 * right) / (count(([truth]) => truth === type) + count(([, said]) => said === type))).toFixed(3)}`;
  });
  const accuracy = count(([truth, said]) => truth === said) / pairs.length;
  console.log(`${what}: ${pairs.length} forms, accuracy ${accuracy.toFixed(3)}; F1 ${f1.join(", ")}`);
}

function write(learnt) {
  const source = readFileSync(WEIGHTS, "utf8");
  const rows = names.map((name, at) => `  ["${name}", [${learnt.map((row) => Number(row[at].toFixed(2)) || 0).join(", ")}]],`); // prettier-ignore
  const start = source.indexOf("new Map([\n") + "new Map([\n".length;
  writeFileSync(WEIGHTS, `${source.slice(0, start)}${rows.join("\n")}\n]);\n`);
}
