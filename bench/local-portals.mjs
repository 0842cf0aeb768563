// `npm run bench:portals [-- NAME…]`: visits every local portal of tests/sites without a model, knowing its address only, and
// prints how what comes home compares with the portal's truth. NAME: a part of a portal's name or kind.
import { ALL_PORTALS } from "../tests/sites/all-portals.ts";
import { judgeVisit } from "../tests/sites/judge-visit.ts";
import { openPortalLab } from "../tests/sites/portal-lab.ts";
import { visitPortal } from "../tests/sites/visit-portal.ts";

const asked = process.argv.slice(2);
const portals = ALL_PORTALS.filter(
  ({ name, kind, needs }) =>
    needs !== "model" && (asked.length === 0 || asked.some((part) => name.includes(part) || kind.includes(part))),
);
const lab = await openPortalLab();
const rows = [];
for (const portal of portals) {
  const startedAt = performance.now();
  const visit = await visitPortal(portal, lab.harvester);
  const verdict = judgeVisit(portal, visit);
  const { found, surplus, right, values, faults } = verdict;
  rows.push({ portal, verdict });
  const ends = [visit.state, visit.stopped, visit.wall, visit.error].filter((one) => one !== null && one !== "none");
  const cells = [
    portal.kind.padEnd(22),
    portal.name.padEnd(44),
    `${found}/${portal.truth.records.length}${surplus > 0 ? `+${surplus}` : ""}`.padStart(8),
    `${right}/${values}`.padStart(10),
    ends.join(", ").padEnd(28),
    `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`.padStart(7),
    faults.length === 0 ? "right" : faults.join("; "),
  ];
  console.log(cells.join("  "));
}
const total = (of) => rows.reduce((sum, { verdict }) => sum + of(verdict), 0);
const wrong = rows.filter(({ verdict }) => verdict.faults.length > 0);
console.log(
  `\n${rows.length - wrong.length} of ${rows.length} portals right; ${total(({ found }) => found)} of ` +
    `${rows.reduce((sum, { portal }) => sum + portal.truth.records.length, 0)} records, ${total(({ surplus }) => surplus)} surplus; ` +
    `${total(({ right }) => right)} of ${total(({ values }) => values)} values`,
);
await lab.close();
process.exitCode = wrong.length > 0 ? 1 : 0;
