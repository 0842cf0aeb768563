import type { Clock } from "#kernel";
import type { Recipe } from "#engines/extraction";
import type { HarvestedRecord } from "#engines/harvest";
import { identityOf, ReferenceCensus } from "./opportunity-identity.ts";
import { chooseColumns, SAMPLES, type UnsureColumn } from "./opportunity-columns.ts";
import { opportunityOf } from "./opportunity-of-record.ts";
import type { OpportunityStore, Sighting, SightingContext } from "./opportunity-store.ts";

const BATCH = 200;

export interface TakenIn {
  /** How many opportunities the job has. */
  readonly found: number;
  /** Columns that may be fields of an opportunity and were not served as such. */
  readonly unsure: readonly UnsureColumn[];
}

/** Takes the records of a run in as opportunities. Memory holds one batch and the references, however long the list. */
export class OpportunityIntake {
  readonly #store: OpportunityStore;
  readonly #clock: Clock;

  constructor(store: OpportunityStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Reads the records twice: once to see which references are shared, once to keep them. */
  async take(
    records: () => AsyncIterable<HarvestedRecord>,
    recipe: Recipe | null,
    context: Omit<SightingContext, "now">,
  ): Promise<TakenIn> {
    const now = this.#clock();
    const columns = chooseColumns(recipe, await first(records(), SAMPLES));
    const census = new ReferenceCensus();
    for await (const record of records()) {
      const found = opportunityOf(record, columns, now);
      if (found) census.note(found.opportunity);
    }
    const isAmbiguous = (reference: string) => census.isAmbiguous(reference);
    let batch: Sighting[] = [];
    let position = 0;
    for await (const record of records()) {
      const found = opportunityOf(record, columns, now);
      if (!found) continue;
      batch.push({ identity: identityOf(found.opportunity, isAmbiguous), position: (position += 1), found });
      if (batch.length < BATCH) continue;
      await this.#store.note(batch, { ...context, now });
      batch = [];
    }
    await this.#store.note(batch, { ...context, now });
    return { found: await this.#store.countOf(context.jobId), unsure: columns.unsure };
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
