// `npm run bench:ocds -- SCHEMAS [COUNT | FILE...]`: validates OCDS exports against the published schemas. SCHEMAS is a folder
// with release-schema.json and release-package-schema.json of OCDS 1.1.5, as the Open Contracting Partnership publishes them.
// Without FILE it makes COUNT opportunities (default 5,000), each with another choice of fields, from a bare title to all that
// there are, ordinary and hostile; with FILE it validates packages that `GET /api/v1/opportunities.ocds.json` answered.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { noteFirst } from "../src/products/portals/opportunities/history/note-sighting.ts";
import { releaseOf } from "../src/products/portals/opportunities/ocds/ocds-release.ts";
import { found } from "../src/products/portals/opportunities/testing.ts";

const TITLES = ["Road repair", "x".repeat(500), "\u0000 \ud800 <script>", "道路補修", " "];
const CHOICES = [
  [{ referenceNumber: "T-1" }, { referenceNumber: "" }, { externalId: "7" }],
  [{ description: "All roads" }, { description: "" }],
  [{ status: "Open" }, { status: "Cancelled" }, { status: "Awarded" }, { status: "who knows" }, { status: "geplant" }],
  [{ agency: "City of Elm" }, { department: "Roads" }, { agency: "" }, { agency: "市" }],
  [
    { closingDate: "2026-02-01" },
    { closingDate: "2026-02-01T12:00" },
    { closingDate: "2026-02-01T12:00+01:00" },
    { closingDate: "soon" },
  ],
  [{ postedDate: "2026-01-01" }, { postedDate: "2026" }, { postedDate: "2026-01-01T08:00Z" }],
  [
    { valueMin: 5, valueMax: 9, currency: "EUR" },
    { valueMin: 5, valueMax: 5 },
    { valueMax: 1e12, currency: "USD" },
    { valueMin: -3, currency: "JPY" },
    { valueMax: 3, currency: "XCG" },
    { valueMax: 3, currency: "ABC" },
  ],
  [{ detailUrl: "https://example.org/a b?c=ü" }, { detailUrl: "javascript:alert(1)" }, { detailUrl: "nothing" }],
  [
    { documents: [{ name: "Terms", url: "https://example.org/a.pdf", type: "PDF" }] },
    {
      documents: [
        { name: "", url: "x" },
        { name: "", url: "x" },
      ],
    },
  ],
  [
    {
      classifications: [
        { scheme: "CPV", id: "45233141", description: "Roads" },
        { scheme: "NAICS", id: "541512" },
      ],
    },
    { classifications: [{ scheme: "UNSPSC", id: "81112200" }] },
  ],
  [{ contactName: "Ann", contactEmail: "ann@example.org", contactPhone: "+49 30 1" }, { contactEmail: "" }],
  [{ opportunityType: "ITB" }, { opportunityType: "" }],
];

const [folder, ...rest] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the folder with the schemas: npm run bench:ocds -- SCHEMAS");
const files = rest.filter((each) => !/^\d+$/.test(each));
const count = Number(rest.find((each) => /^\d+$/.test(each)) ?? 5_000);

const { checkPackage, checkRelease } = await validators();
const packages = files.length > 0 ? await Promise.all(files.map(readJson)) : [made(count)];
let [releases, wrong] = [0, 0];
for (const each of packages) {
  report(checkPackage, { ...each, releases: each.releases.slice(0, 1) });
  for (const release of each.releases) {
    releases += 1;
    report(checkRelease, release);
  }
}
console.log(`OCDS 1.1.5: ${packages.length} package(s), ${releases} releases, ${wrong} invalid`);
process.exitCode = wrong === 0 ? 0 : 1;

function report(check, value) {
  if (check(value)) return;
  wrong += 1;
  if (wrong <= 10) console.error(value.ocid ?? "package", check.errors?.slice(0, 3));
}

async function validators() {
  const [release, pack] = await Promise.all(
    ["release-schema.json", "release-package-schema.json"].map((name) => readJson(join(folder, name))),
  );
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats(ajv);
  ajv.addSchema(release, release.id);
  // The package names the release schema by the address of its own version.
  const pointed = JSON.parse(
    JSON.stringify(pack).replaceAll(/"\$ref":"[^"#]*release-schema\.json"/g, `"$ref":"${release.id}"`),
  );
  return { checkPackage: ajv.compile(pointed), checkRelease: ajv.getSchema(release.id) };
}

function made(count) {
  const context = {
    portalId: "portal",
    jobId: "job",
    runId: "run",
    listUrl: "https://example.org",
    listState: "complete",
  };
  const publisher = { prefix: "ocds-a1b2c3", name: "Gleaner" };
  const now = new Date("2026-01-05T08:00:00Z");
  const releases = Array.from({ length: count }, (_, number) => {
    const one = found({ ...fieldsOf(number), extractedAt: now.toISOString() });
    return releaseOf(noteFirst("identity", one, { ...context, reviewBelow: 0, now }).after, publisher);
  });
  return {
    uri: "https://example.org/ocds.json",
    version: "1.1",
    publishedDate: now.toISOString(),
    publisher: { name: "Gleaner" },
    releases,
  };
}

/** Which fields are there is told by the bits of a number; what they hold, by its remainder. */
function fieldsOf(number) {
  const chosen = CHOICES.filter((_, at) => (number * 2_654_435_761) & (1 << at));
  return Object.assign(
    { title: TITLES[number % TITLES.length] },
    ...chosen.map((values) => values[number % values.length]),
  );
}

async function readJson(file) {
  return JSON.parse(await readFile(file, "utf8"));
}
