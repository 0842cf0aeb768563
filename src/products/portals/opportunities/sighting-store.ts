import { sql } from "kysely";
import { rowSet, type Database, type RowTypes } from "#platform/storage";
import { storableJson } from "../storable-json.ts";
import type { HistoryStore } from "./history/history-store.ts";
import { noteAgain, noteFirst, type Noted, type SightingContext } from "./history/note-sighting.ts";
import type { LinkStore } from "./links/link-store.ts";
import { contradict, isSureKey } from "./opportunity-identity.ts";
import { OPPORTUNITY_COLUMNS, fromRow, toRow, type WrittenRow } from "./opportunity-row.ts";
import type { FoundOpportunity, StoredOpportunity } from "./opportunity.ts";

/** One opportunity of a job, with all that it is known by and its place in the list. */
export interface Sighting {
  keys: readonly [string, ...string[]];
  position: number;
  found: FoundOpportunity;
}

interface Stores {
  history: HistoryStore;
  links: LinkStore;
}

/** Who has which key, and which places of the job's list are noted already. */
interface Known {
  byKey: ReadonlyMap<string, StoredOpportunity>;
  positions: ReadonlyMap<string, number>;
}

/** Writes what jobs see. */
export class SightingStore {
  readonly #db: Database;
  readonly #stores: Stores;

  constructor(db: Database, stores: Stores) {
    this.#db = db;
    this.#stores = stores;
  }

  /**
   * Adds what is new, brings what is known up to date, writes down what changed, looks for its like, and notes that this job
   * saw it: in one transaction. Doing it twice changes nothing more. Jobs of one portal take turns.
   */
  async note(sightings: readonly Sighting[], context: SightingContext): Promise<void> {
    const distinct = [...new Map(sightings.toReversed().map((each) => [each.keys[0], each])).values()].reverse();
    if (distinct.length === 0) return;
    await this.#db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`opportunities of ${context.portalId}`}, 0))`.execute(
        trx,
      );
      const known = await this.#known(trx, distinct, context);
      const noted = decide(distinct, known, context);
      await write(
        trx,
        noted.map(({ after }) => toRow(after)),
      );
      await writeKeys(trx, noted, context.portalId);
      await writeSightings(trx, noted, context.jobId);
      await this.#stores.history.add(
        trx,
        noted.flatMap(({ events }) => events),
      );
      await this.#stores.links.look(
        trx,
        noted.filter(({ isNews }) => isNews).map(({ after }) => after),
        context.now,
      );
    });
  }

  /** What a job that saw the whole of a list did not see in it has vanished. Returns how many. */
  async noteVanished({ portalId, listUrl, jobId, now }: SightingContext): Promise<number> {
    return this.#db.transaction().execute(async (trx) => {
      const gone = await trx
        .updateTable("opportunity")
        .set({ vanished_at: now })
        .where("portal_id", "=", portalId)
        .where("list_url", "=", listUrl)
        .where("vanished_at", "is", null)
        .where("last_seen_at", "<", now)
        .returning("id")
        .execute();
      const events = gone.map(({ id }) => ({ opportunityId: id, at: now, kind: "vanished" as const, jobId }));
      await this.#stores.history.add(trx, events);
      return gone.length;
    });
  }

  async #known(trx: Database, sightings: readonly Sighting[], { portalId, jobId }: SightingContext): Promise<Known> {
    const keys = sightings.flatMap((each) => each.keys);
    const held = await trx
      .selectFrom("opportunity_key")
      .select(["key", "opportunity_id"])
      .where("portal_id", "=", portalId)
      .where(sql<boolean>`key = any(${keys}::text[])`)
      .execute();
    const ids = [...new Set(held.map(({ opportunity_id }) => opportunity_id))];
    const rows = await trx
      .selectFrom("opportunity")
      .selectAll()
      .where(sql<boolean>`id = any(${ids}::uuid[])`)
      .execute();
    const seen = await trx
      .selectFrom("opportunity_sighting")
      .select(["opportunity_id", "position"])
      .where("job_id", "=", jobId)
      .where(sql<boolean>`opportunity_id = any(${ids}::uuid[])`)
      .execute();
    const byId = new Map(rows.map((row) => [row.id, fromRow(row)]));
    return {
      byKey: new Map(
        held.flatMap(({ key, opportunity_id: id }) => {
          const holder = byId.get(id);
          return holder ? [[key, holder] as const] : [];
        }),
      ),
      positions: new Map(seen.map(({ opportunity_id, position }) => [opportunity_id, position])),
    };
  }
}

type NotedSighting = Noted & { sighting: Sighting };

/** Each entry of the list is one opportunity: the first that is it keeps it. */
function decide(sightings: readonly Sighting[], known: Known, context: SightingContext): NotedSighting[] {
  const taken = new Set<string>();
  return sightings.flatMap((sighting) => {
    const before = whichOf(sighting, known, taken);
    if (before && isElsewhere(before, sighting, known)) return [];
    const noted = before
      ? noteAgain(before, sighting.found, context)
      : noteFirst(sighting.keys[0], sighting.found, context);
    taken.add(noted.after.id);
    return [{ ...noted, sighting }];
  });
}

/** The known opportunity that a sighting is. The surest key comes first; a weaker one must not contradict. */
function whichOf({ keys, found }: Sighting, known: Known, taken: ReadonlySet<string>): StoredOpportunity | null {
  for (const key of keys) {
    const holder = known.byKey.get(key);
    if (!holder || taken.has(holder.id)) continue;
    if (isSureKey(key) || !contradict(holder.opportunity, found.opportunity)) return holder;
  }
  return null;
}

/** An earlier page of this job had it already: the list says it twice. */
function isElsewhere({ id }: StoredOpportunity, { position }: Sighting, { positions }: Known): boolean {
  const noted = positions.get(id);
  return noted !== undefined && noted !== position;
}

const NEVER_WRITTEN_OVER: readonly string[] = ["id", "portal_id", "identity"];

/** Adds rows, or brings them up to date. */
export async function write(trx: Database, rows: readonly WrittenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(OPPORTUNITY_COLUMNS);
  const set = names.filter((name) => !NEVER_WRITTEN_OVER.includes(name));
  const types: RowTypes<WrittenRow> = OPPORTUNITY_COLUMNS;
  await sql`
    insert into opportunity (${sql.join(names.map((name) => sql.ref(name)))})
    select ${sql.join(names.map((name) => sql.ref(`given.${name}`)))} from ${rowSet("given", { types, rows: storable(rows) })}
    on conflict (id) do update set
      ${sql.join(set.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}`.execute(trx);
}

async function writeKeys(trx: Database, noted: readonly NotedSighting[], portalId: string): Promise<void> {
  const rows = noted.flatMap(({ sighting, after }) =>
    sighting.keys.map((key) => ({ portal_id: portalId, key, opportunity_id: after.id })),
  );
  if (rows.length === 0) return;
  const types = { portal_id: "text", key: "text", opportunity_id: "uuid" };
  await sql`
    insert into opportunity_key (portal_id, key, opportunity_id)
    select portal_id, key, opportunity_id from ${rowSet("given", { types, rows })}
    on conflict (portal_id, key) do nothing`.execute(trx);
}

async function writeSightings(trx: Database, noted: readonly NotedSighting[], jobId: string): Promise<void> {
  const rows = noted.map(({ sighting: { position, found }, after }) => ({
    ...{ job_id: jobId, opportunity_id: after.id, position },
    document: found.opportunity,
  }));
  if (rows.length === 0) return;
  const types = { job_id: "text", opportunity_id: "uuid", position: "int4", document: "jsonb" };
  await sql`
    insert into opportunity_sighting (job_id, opportunity_id, position, document)
    select job_id, opportunity_id, position, document from ${rowSet("given", { types, rows: storable(rows) })}
    on conflict (job_id, opportunity_id) do nothing`.execute(trx);
}

/** Without the characters that PostgreSQL cannot store. */
function storable<Row>(rows: readonly Row[]): Row[] {
  return JSON.parse(storableJson(rows));
}
