import { sql } from "kysely";
import { z } from "zod";
import { newId } from "#kernel";
import { rowSet, type Database, type OpportunityLinkRow } from "#platform/storage";
import { storableJson } from "../../storable-json.ts";
import { LinkDecided, LinkNotFound } from "../../errors.ts";
import { effective, type StoredOpportunity } from "../opportunity.ts";
import { fromRow } from "../opportunity-row.ts";
import { judgeLikeness, LINK_FROM, stoodTogether, type Likeness } from "./judge-likeness.ts";
import { blockKeys, candidateOf, type LinkCandidate } from "./link-candidate.ts";

/** Two entries that are, or may be, one opportunity. Both stay; a person may confirm or split what was linked. */
export interface OpportunityLink {
  id: string;
  opportunityIds: readonly [string, string];
  state: "linked" | "confirmed" | "split";
  confidence: number;
  reasons: Likeness["reasons"];
  foundAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  note: string | null;
}

export interface LinkDecision {
  id: string;
  state: "confirmed" | "split";
  by: string;
  at: Date;
  note: string | null;
}

interface Pair {
  id: string;
  other: string;
  isLinked: boolean;
}

/** What so many share tells nothing. */
const MOST_IN_BLOCK = 40;
const MOST_COMPARED = 200;

export class LinkStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Compares what is new with what shares a key with it, and links what is likely one. Decisions of people stand. */
  async look(trx: Database, news: readonly StoredOpportunity[], now: Date): Promise<void> {
    if (news.length === 0) return;
    // Jobs of two portals that end together must not miss each other. Always the last lock of a transaction.
    await sql`select pg_advisory_xact_lock(hashtextextended('links of opportunities', 0))`.execute(trx);
    const fresh = news.map((stored) => candidateOf(effective(stored), stored));
    await this.#writeBlocks(trx, fresh);
    const pairs = await this.#pairs(trx, fresh);
    const others = await this.#candidates(trx, [...new Set(pairs.map(({ other }) => other))]);
    const byId = new Map([...others, ...fresh].map((candidate) => [candidate.id, candidate]));
    const judged = new Map<string, { first: string; second: string; likeness: Likeness }>();
    for (const { id, other, isLinked } of pairs) {
      const [first, second] = id < other ? [id, other] : [other, id];
      const [a, b] = [byId.get(first), byId.get(second)];
      if (a && b && !(stoodTogether(a, b) && !isLinked))
        judged.set(`${first} ${second}`, { first, second, likeness: judgeLikeness(a, b) });
    }
    await this.#writeLinks(trx, [...judged.values()], now);
  }

  async of(opportunityId: string): Promise<OpportunityLink[]> {
    const rows = await this.#db
      .selectFrom("opportunity_link")
      .selectAll()
      .where((eb) => eb.or([eb("first_id", "=", opportunityId), eb("second_id", "=", opportunityId)]))
      .where("state", "!=", "dropped")
      .orderBy("confidence", "desc")
      .orderBy("id")
      .execute();
    return rows.map(linkOf);
  }

  /** Links that nobody has decided, the least sure first. */
  async undecided({
    limit,
    after,
  }: {
    limit: number;
    after?: readonly [number, string] | undefined;
  }): Promise<OpportunityLink[]> {
    let query = this.#db.selectFrom("opportunity_link").selectAll().where("state", "=", "linked");
    if (after) query = query.where(sql<boolean>`(confidence, id) > (${after[0]}::float8, ${after[1]}::uuid)`);
    const rows = await query.orderBy("confidence").orderBy("id").limit(limit).execute();
    return rows.map(linkOf);
  }

  /** @throws LinkNotFound, LinkDecided */
  async decide(trx: Database, { id, state, by, at, note }: LinkDecision): Promise<OpportunityLink> {
    const row = await trx
      .selectFrom("opportunity_link")
      .selectAll()
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.state === "dropped") throw new LinkNotFound(id);
    if (row.state === state) throw new LinkDecided(id, state);
    const decided = { state, decided_by: by, decided_at: at, note };
    await trx.updateTable("opportunity_link").set(decided).where("id", "=", id).execute();
    return linkOf({ ...row, ...decided });
  }

  async #writeBlocks(trx: Database, fresh: readonly LinkCandidate[]): Promise<void> {
    const ids = fresh.map(({ id }) => id);
    await sql`delete from opportunity_block where opportunity_id = any(${ids}::uuid[])`.execute(trx);
    const rows = fresh.flatMap((candidate) =>
      blockKeys(candidate).map((key) => ({ key, opportunity_id: candidate.id })),
    );
    if (rows.length === 0) return;
    const types = { key: "text", opportunity_id: "uuid" };
    await sql`
      insert into opportunity_block (key, opportunity_id)
      select key, opportunity_id from ${rowSet("given", { types, rows })} on conflict do nothing`.execute(trx);
  }

  /** Who shares a key with whom, and who is linked already: the work is bounded for each that is new. */
  async #pairs(trx: Database, fresh: readonly LinkCandidate[]): Promise<Pair[]> {
    const ids = fresh.map(({ id }) => id);
    const { rows } = await sql<Pair & { shared: number }>`
      select mine.opportunity_id as id, theirs.opportunity_id as other, count(*)::int as shared, false as "isLinked"
      from opportunity_block mine
      cross join lateral (
        select opportunity_id from opportunity_block where key = mine.key limit ${MOST_IN_BLOCK + 1}
      ) theirs
      where mine.opportunity_id = any(${ids}::uuid[]) and theirs.opportunity_id <> mine.opportunity_id
        and (select count(*) from (select from opportunity_block where key = mine.key limit ${MOST_IN_BLOCK + 1}) all_of)
          <= ${MOST_IN_BLOCK}
      group by 1, 2
      union
      select first_id, second_id, 100, true from opportunity_link where first_id = any(${ids}::uuid[])
      union
      select second_id, first_id, 100, true from opportunity_link where second_id = any(${ids}::uuid[])
      order by 1, 3 desc, 2`.execute(trx);
    const counts = new Map<string, number>();
    return rows.filter(({ id }) => {
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return count <= MOST_COMPARED;
    });
  }

  async #candidates(trx: Database, ids: readonly string[]): Promise<LinkCandidate[]> {
    const rows = await trx
      .selectFrom("opportunity")
      .selectAll()
      .where(sql<boolean>`id = any(${ids}::uuid[])`)
      .execute();
    return rows.map(fromRow).map((stored) => candidateOf(effective(stored), stored));
  }

  async #writeLinks(
    trx: Database,
    judged: readonly { first: string; second: string; likeness: Likeness }[],
    now: Date,
  ): Promise<void> {
    const pairs = { first_id: "uuid", second_id: "uuid" };
    const parted = judged
      .filter(({ likeness }) => likeness.confidence < LINK_FROM)
      .map(({ first, second }) => ({ first_id: first, second_id: second }));
    if (parted.length > 0)
      await sql`
        update opportunity_link set state = 'dropped' from ${rowSet("given", { types: pairs, rows: parted })}
        where opportunity_link.first_id = given.first_id and opportunity_link.second_id = given.second_id
          and state = 'linked'`.execute(trx);
    const linked = judged
      .filter(({ likeness }) => likeness.confidence >= LINK_FROM)
      .map(({ first, second, likeness: { confidence, reasons } }) => ({
        ...{
          id: newId(),
          first_id: first,
          second_id: second,
          confidence,
          reasons: JSON.parse(storableJson(reasons)),
          found_at: now,
        },
      }));
    if (linked.length === 0) return;
    const types = {
      ...{ id: "uuid" },
      ...pairs,
      ...{ confidence: "float8", reasons: "jsonb", found_at: "timestamptz" },
    };
    await sql`
      insert into opportunity_link (id, first_id, second_id, confidence, reasons, found_at, state)
      select id, first_id, second_id, confidence, reasons, found_at, 'linked' from ${rowSet("given", { types, rows: linked })}
      on conflict (first_id, second_id) do update
        set confidence = excluded.confidence, reasons = excluded.reasons, state = 'linked'
        where opportunity_link.state in ('linked', 'dropped')`.execute(trx);
  }
}

const Reasons = z.array(
  z.object({
    fact: z.enum(["reference", "title", "closing", "posted", "buyer", "value", "contact", "page", "codes", "turn"]),
    speaks: z.enum(["for", "against"]),
    text: z.string(),
  }),
);

function linkOf(row: OpportunityLinkRow): OpportunityLink {
  return {
    id: row.id,
    opportunityIds: [row.first_id, row.second_id],
    state: row.state === "dropped" ? "split" : row.state,
    confidence: row.confidence,
    reasons: Reasons.parse(row.reasons),
    foundAt: row.found_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    note: row.note,
  };
}
