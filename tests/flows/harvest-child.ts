// A harvest in a process of its own, to be killed: `node harvest-child.ts FOLDER HOST JSON`. Tells each page on standard output.
import { noTelemetry, silentLogger, systemClock } from "#kernel";
import { openArtifacts } from "#platform/artifacts";
import { GuardedClient } from "#platform/egress";
import { openDatabase, SecretSeal } from "#platform/storage";
import { Harvester, type HarvestProgress } from "#engines/harvest";

const [folder = "", host = "", json = "{}"] = process.argv.slice(2);
const opened = await openDatabase({ folder: `${folder}/database` });
const artifacts = await openArtifacts({ db: opened.db, folder: `${folder}/artifacts` });
const egress = new GuardedClient({ allowHosts: [host], pace: { minDelayMs: 0, concurrency: 8 } });
const harvester = new Harvester({
  db: opened.db,
  artifacts,
  egress,
  browsers: () => Promise.reject(new Error("no browser in this test")),
  seal: new SecretSeal([{ id: "0707abcd", bytes: new Uint8Array(32).fill(7) }]),
  clock: systemClock,
  logger: silentLogger,
  telemetry: noTelemetry,
});
const say = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);
const request = JSON.parse(json);
const onProgress = (event: HarvestProgress): void => {
  if (event.kind === "started" || event.kind === "page") say({ kind: event.kind, run: event.run });
};
// The one before may have been killed after its run had ended and before it could tell.
const ended = request.resume === undefined ? null : await harvester.ended(request.resume);
const result = ended ?? (await harvester.harvest({ ...request, onProgress }));
const records: unknown[] = [];
for await (const { id, key, text, links, fields, page } of harvester.records(result.run))
  records.push({ at: id.split("/").slice(1).join("/"), key, text, links, fields, page });
const { ok } = await harvester.verify(result.run);
say({ kind: "finished", records, ok, completeness: result.completeness });
await egress.close();
await artifacts.close();
await opened.close();
