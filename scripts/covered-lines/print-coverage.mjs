const MODULE = /^src\/(?:kernel|app|[^/]+\/[^/]+)/;
const IN_PAGES = /\/in-page\//;
const GAPS = 25;

export function printCoverage(lines) {
  const files = Object.entries(lines).map(([file, each]) => ({ file, ...count(each) }));
  const modules = Map.groupBy(files, ({ file }) => MODULE.exec(file)?.[0] ?? "src");
  console.log("\nLines of src/ that tests run, and programs that tests start:\n");
  for (const [name, members] of [...modules].sort(([a], [b]) => a.localeCompare(b))) print(name, sum(members));
  console.log("\nMost lines that nothing ran:\n");
  for (const each of files.toSorted((a, b) => b.all - b.run - (a.all - a.run)).slice(0, GAPS))
    print(each.file, each, gaps(lines[each.file]));
  console.log();
  const inPages = sum(files.filter(({ file }) => IN_PAGES.test(file)));
  print("all", sum(files), `${inPages.all} of them in functions that run inside a browser's page, where nobody counts`);
}

const count = (lines) => ({ run: Object.values(lines).filter(Boolean).length, all: Object.keys(lines).length });

const sum = (counts) =>
  counts.reduce((total, { run, all }) => ({ run: total.run + run, all: total.all + all }), { run: 0, all: 0 });

function print(name, { run, all }, note = "") {
  console.log(
    `${((100 * run) / Math.max(all, 1)).toFixed(1).padStart(6)} %  ${`${run}/${all}`.padStart(12)}  ${name}${note && `: ${note}`}`,
  );
}

/** "12–15, 40" */
function gaps(lines) {
  const missed = Object.entries(lines)
    .filter(([, isRun]) => !isRun)
    .map(([line]) => Number(line));
  const all = Object.keys(lines).map(Number);
  const groups = [];
  for (const line of missed) {
    const group = groups.at(-1);
    const before = all[all.indexOf(line) - 1];
    if (group && group.at(-1) === before) group.push(line);
    else groups.push([line]);
  }
  return groups
    .slice(0, 8)
    .map((group) => (group.length > 1 ? `${group[0]}–${group.at(-1)}` : `${group[0]}`))
    .join(", ");
}
