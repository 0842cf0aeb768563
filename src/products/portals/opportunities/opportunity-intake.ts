import type { Clock } from "#kernel";
import type { Recipe } from "#engines/extraction";
import type { HarvestedRecord } from "#engines/harvest";
import type { PortalConfiguration } from "../portals/configuration.ts";
import type { SightingContext } from "./history/note-sighting.ts";
import { keysOf, ListCensus } from "./opportunity-identity.ts";
import { chooseColumns, SAMPLES, type UnsureColumn } from "./opportunity-columns.ts";
import { opportunityOf } from "./opportunity-of-record.ts";
import type { OpportunityStore } from "./opportunity-store.ts";
import type { Sighting, SightingStore } from "./sighting-store.ts";
import { readingFor } from "./values/reading.ts";

const BATCH = 200;

export interface TakenIn {
  /** How many opportunities the job has. */
  readonly found: number;
  /** How many of the list's earlier opportunities it no longer has. */
  readonly vanished: number;
  /** Columns that may be fields of an opportunity and were not served as such. */
  readonly unsure: readonly UnsureColumn[];
}

export interface IntakeJob extends Pick<SightingContext, "portalId" | "jobId" | "runId" | "listUrl" | "listState"> {
  /** What the job, then what the portal is told about its pages. */
  configurations: readonly PortalConfiguration[];
  /** Whether what is missing from the list is gone from it: all of it came home, and it did not shrink for no reason. */
  isWhole: boolean;
}

export interface IntakeDeps {
  opportunities: OpportunityStore;
  sightings: SightingStore;
  /** Confidence below which a person is asked, where the portal has no threshold of its own. */
  reviewBelow: number;
  clock: Clock;
}

/** Takes the records of a run in as opportunities. Memory holds one batch and the references, however long the list. */
export class OpportunityIntake {
  readonly #deps: IntakeDeps;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /** Reads the records twice: once to see which references are shared, once to keep them. */
  async take(
    records: () => AsyncIterable<HarvestedRecord>,
    recipe: Recipe | null,
    { configurations, isWhole, ...job }: IntakeJob,
  ): Promise<TakenIn> {
    const { opportunities, sightings, clock } = this.#deps;
    const now = clock();
    const reading = readingFor(job.listUrl, ...configurations.map((each) => each.reading));
    const said = configurations.find((each) => each.reviewBelow !== undefined)?.reviewBelow;
    const context: SightingContext = { ...job, reviewBelow: said ?? this.#deps.reviewBelow, now };
    const columns = chooseColumns(recipe, await first(records(), SAMPLES));
    const census = new ListCensus();
    for await (const record of records()) {
      const found = opportunityOf(record, columns, now, reading);
      if (found) census.note(found.opportunity);
    }
    let batch: Sighting[] = [];
    let position = 0;
    for await (const record of records()) {
      const found = opportunityOf(record, columns, now, reading);
      if (!found) continue;
      batch.push({ keys: keysOf(found.opportunity, census), position: (position += 1), found });
      if (batch.length < BATCH) continue;
      await sightings.note(batch, context);
      batch = [];
    }
    await sightings.note(batch, context);
    const vanished = isWhole ? await sightings.noteVanished(context) : 0;
    return { found: await opportunities.countOf(context.jobId), vanished, unsure: columns.unsure };
  }
}

async function first(records: AsyncIterable<HarvestedRecord>, count: number): Promise<HarvestedRecord[]> {
  const taken: HarvestedRecord[] = [];
  for await (const record of records) {
    taken.push(record);
    if (taken.length === count) break;
  }
  return taken;
}
