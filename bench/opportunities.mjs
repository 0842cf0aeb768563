// `npm run bench:opportunities [-- COUNT]`: opportunities at scale, on the embedded database in memory. Two portals show the same
// tenders (COUNT in all, default 20,000), among them series that differ by lot or year only; then one portal shows them again,
// with a moved deadline in every tenth. Told are the time to take them in (with history, blocks and links), how many links there
// are and how many are wrong, and the time of searches and pages.
import { openDatabase } from "../src/platform/storage/index.ts";
import { day, found, openOpportunities } from "../src/products/portals/opportunities/testing.ts";
import { environment, median } from "./measure.mjs";

const WORDS =
  "bridge school road lighting harbour kettle archive culvert fence turbine laundry timber scanner ferry orchard boiler".split(
    " ",
  );
const WORKS = "Repair Supply Inspection Renewal Cleaning Painting Design Rental".split(" ");
const count = Number(process.argv[2] ?? 20_000);
const BATCH = 1_000;
const { db, close } = await openDatabase({ memory: true });
const { catalogue, see } = openOpportunities(db);
console.log(`Opportunities at scale: ${count} entries of two portals; ${environment()}`);

const tenders = Array.from({ length: count / 2 }, (_, at) => tender(at));
await timed("take in, portal one", () => show("one", tenders, day(0)));
await timed("take in, portal two (each is a duplicate)", () => show("two", tenders, day(0)));
const again = tenders.map((each, at) => (at % 10 === 0 ? { ...each, closingDate: "2026-09-30" } : each));
await timed("see portal one again, a tenth amended", () => show("one", again, day(1)));

const links = await db
  .selectFrom("opportunity_link as link")
  .innerJoin("opportunity as a", "a.id", "link.first_id")
  .innerJoin("opportunity as b", "b.id", "link.second_id")
  .where("link.state", "=", "linked")
  .select(["a.reference_number as one", "b.reference_number as other"])
  .execute();
const wrong = links.filter(({ one, other }) => one?.slice(1) !== other?.slice(1)).length;
console.log(`links: ${links.length} of ${tenders.length}, ${wrong} of them wrong`);
const { items } = await catalogue.history({ kinds: ["deadline_amended"], limit: count });
console.log(`deadlines that moved: ${items.length}`);

await asked("search, two words", { q: "bridge repair" }, "-relevance");
await asked("search, a beginning and an exclusion", { q: "harb -supply" }, "-relevance");
await asked("filter and sort by deadline", { closingFrom: "2026-06-01", currency: "EUR" }, "closingDate");
await asked("classification, all below a code", { classification: "CPV:45" }, "-value");
await close();

function tender(at) {
  const lot = at % 5;
  const series = Math.floor(at / 5);
  const [work, one, two] = [WORKS[series % 8], WORDS[series % 16], WORDS[Math.floor(series / 16) % 16]];
  return {
    title: `${work} of the ${one} and the ${two} in district ${Math.floor(series / 256)}, lot ${lot + 1}`,
    referenceNumber: `${series}-${at}-77`,
    agency: `Council of ${two}`,
    closingDate: `2026-0${(series % 8) + 1}-1${series % 9}`,
    valueMin: at,
    valueMax: at * 2,
    currency: series % 2 ? "EUR" : "GBP",
    classifications: [{ scheme: "CPV", id: series % 3 ? "45233141" : "72000000" }],
  };
}

/** Each portal has numbers of its own: a letter before what both share. */
async function show(portalId, all, now) {
  for (let from = 0; from < all.length; from += BATCH) {
    const part = all.slice(from, from + BATCH);
    const entries = part.map((each) =>
      found({ ...each, referenceNumber: `${portalId[0].toUpperCase()}${each.referenceNumber}` }),
    );
    await see(now, entries, { portalId, jobId: `${portalId}-${now.toISOString()}-${from}` });
  }
}

/** Time of the processor, so that what else the machine does tells nothing. */
async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function timed(name, work) {
  const ms = await cpuOf(work);
  console.log(`${name}: ${(ms / 1_000).toFixed(1)} s of CPU, ${((ms / (count / 2)) * 1_000).toFixed(0)} µs each`);
}

async function asked(name, filter, sort) {
  const times = [];
  for (let round = 0; round < 15; round += 1)
    times.push(await cpuOf(() => catalogue.list(filter, { sort, limit: 50 })));
  console.log(`${name}: ${await catalogue.count(filter)} found, first page in ${median(times).toFixed(1)} ms of CPU`);
}
