import { sql, type RawBuilder, type Selectable, type SelectQueryBuilder, type SqlBool } from "kysely";
import { newId, sha256Hex } from "#kernel";
import type { Database, OpportunityTable, Schema } from "#platform/storage";
import { OpportunityNotFound } from "../errors.ts";
import { storableJson, storableText } from "../storable-json.ts";
import {
  EvidenceByFieldSchema,
  OpportunitySchema,
  type FoundOpportunity,
  type Opportunity,
  type StoredOpportunity,
} from "./opportunity.ts";
import type { OpportunityFilter, OpportunityPage, OpportunitySort } from "./opportunity-query.ts";

/** One opportunity of a job, with what makes it the same as before and its place in the list. */
export interface Sighting {
  identity: string;
  position: number;
  found: FoundOpportunity;
}

export interface SightingContext {
  portalId: string;
  jobId: string;
  runId: string;
  now: Date;
}

type Query<Row> = SelectQueryBuilder<Schema, "opportunity", Row>;

export class OpportunityStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Adds what is new, brings what is known up to date, notes that this job saw it. Doing it twice changes nothing more. */
  async note(sightings: readonly Sighting[], context: SightingContext): Promise<void> {
    const distinct = [...new Map(sightings.map((each) => [each.identity, each])).values()];
    if (distinct.length === 0) return;
    await this.#db.transaction().execute(async (trx) => {
      const rows = distinct.map((each) => toRow(each, context));
      const kept = await trx
        .insertInto("opportunity")
        .values(rows)
        .onConflict((oc) =>
          oc.columns(["portal_id", "identity"]).doUpdateSet((eb) => ({
            ...Object.fromEntries(UPDATED.map((name) => [name, eb.ref(`excluded.${name}`)])),
            last_seen_at: sql<Date>`greatest(opportunity.last_seen_at, excluded.last_seen_at)`,
            changed_at: sql<Date>`case when opportunity.content_hash = excluded.content_hash
              then opportunity.changed_at else excluded.last_seen_at end`,
          })),
        )
        .returning(["id", "identity"])
        .execute();
      const ids = new Map(kept.map(({ id, identity }) => [identity, id]));
      const seen = distinct.flatMap(({ identity, position, found }) => {
        const id = ids.get(identity);
        const document = storableJson(found.opportunity);
        return id === undefined ? [] : [{ job_id: context.jobId, opportunity_id: id, position, document }];
      });
      await trx
        .insertInto("opportunity_sighting")
        .values(seen)
        .onConflict((oc) => oc.columns(["job_id", "opportunity_id"]).doNothing())
        .execute();
    });
  }

  async get(id: string): Promise<StoredOpportunity> {
    const row = await this.#db.selectFrom("opportunity").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new OpportunityNotFound(id);
    return fromRow(row);
  }

  async list(
    filter: OpportunityFilter,
    { sort, after, limit }: OpportunityPage,
  ): Promise<{ items: StoredOpportunity[]; lastKey: string | null }> {
    const { key, type, descending } = ORDERS[sort];
    let query = narrowed(this.#db.selectFrom("opportunity"), filter);
    if (after) {
      const place = sql`(${after[1]}::${sql.raw(type)}, ${after[2]}::uuid)`;
      query = query.where(sql<SqlBool>`(${key}, opportunity.id) ${descending ? sql`<` : sql`>`} ${place}`);
    }
    const direction = descending ? "desc" : "asc";
    const rows = await query
      .selectAll("opportunity")
      .select(key.as("sort_key"))
      .orderBy(key, direction)
      .orderBy("opportunity.id", direction)
      .limit(limit)
      .execute();
    const last = rows.at(-1)?.sort_key ?? null;
    return { items: rows.map(fromRow), lastKey: last instanceof Date ? last.toISOString() : last };
  }

  async count(filter: OpportunityFilter): Promise<number> {
    const query = narrowed(this.#db.selectFrom("opportunity"), filter);
    const row = await query.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  async countOf(jobId: string): Promise<number> {
    const row = await this.#db
      .selectFrom("opportunity_sighting")
      .where("job_id", "=", jobId)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  /** What a job saw, as it was then, in the order of the list. */
  async seenBy(jobId: string, trx: Database = this.#db): Promise<Opportunity[]> {
    const rows = await trx
      .selectFrom("opportunity_sighting")
      .select("document")
      .where("job_id", "=", jobId)
      .orderBy("position")
      .execute();
    return rows.map(({ document }) => OpportunitySchema.parse(document));
  }
}

/** What a newer sighting overwrites. */
const UPDATED = [
  "external_id",
  "reference_number",
  "title",
  "opportunity_type",
  "status",
  "posted_date",
  "closing_date",
  "category",
  "department",
  "agency",
  "value_min",
  "value_max",
  "currency",
  "confidence",
  "verification",
  "document",
  "raw",
  "evidence",
  "content_hash",
  "run_id",
  "record_id",
] as const;

interface Order {
  key: RawBuilder<string | Date>;
  /** The key's type, for the cursor that comes back as text. */
  type: "text" | "timestamptz";
  descending: boolean;
}

/** Missing dates come last, whichever way the list runs. */
const ORDERS: Readonly<Record<OpportunitySort, Order>> = {
  firstSeen: { key: sql<Date>`first_seen_at`, type: "timestamptz", descending: false },
  "-firstSeen": { key: sql<Date>`first_seen_at`, type: "timestamptz", descending: true },
  lastSeen: { key: sql<Date>`last_seen_at`, type: "timestamptz", descending: false },
  "-lastSeen": { key: sql<Date>`last_seen_at`, type: "timestamptz", descending: true },
  closingDate: { key: sql<string>`coalesce(closing_date, '~')`, type: "text", descending: false },
  "-closingDate": { key: sql<string>`coalesce(closing_date, '')`, type: "text", descending: true },
  postedDate: { key: sql<string>`coalesce(posted_date, '~')`, type: "text", descending: false },
  "-postedDate": { key: sql<string>`coalesce(posted_date, '')`, type: "text", descending: true },
  title: { key: sql<string>`lower(title) collate "C"`, type: "text", descending: false },
  "-title": { key: sql<string>`lower(title) collate "C"`, type: "text", descending: true },
};

function narrowed<Row>(query: Query<Row>, filter: OpportunityFilter): Query<Row> {
  const equal = [
    ["portal_id", filter.portalId],
    ["opportunity_type", filter.opportunityType],
    ["category", filter.category],
    ["department", filter.department],
    ["agency", filter.agency],
    ["currency", filter.currency],
    ["verification", filter.verification],
  ] as const;
  const bounds = [
    ["closing_date", ">=", filter.closingFrom],
    ["closing_date", "<=", filter.closingTo && endOfDay(filter.closingTo)],
    ["posted_date", ">=", filter.postedFrom],
    ["posted_date", "<=", filter.postedTo && endOfDay(filter.postedTo)],
    ["first_seen_at", ">=", filter.firstSeenSince],
    ["changed_at", ">=", filter.changedSince],
    ["value_max", ">=", filter.valueFrom],
    ["value_min", "<=", filter.valueTo],
  ] as const;
  const conditions: RawBuilder<SqlBool>[] = [];
  for (const [name, value] of equal) if (value !== undefined) conditions.push(sql`${sql.ref(name)} = ${value}`);
  for (const [name, operator, value] of bounds)
    if (value !== undefined) conditions.push(sql`${sql.ref(name)} ${sql.raw(operator)} ${value}`);
  if (filter.status !== undefined) conditions.push(sql`lower(status) = lower(${filter.status})`);
  if (filter.q !== undefined) conditions.push(holds(filter.q));
  if (filter.jobId !== undefined)
    conditions.push(
      sql`exists (select from opportunity_sighting seen where seen.opportunity_id = opportunity.id and seen.job_id = ${filter.jobId})`,
    );
  return conditions.reduce((narrower, condition) => narrower.where(condition), query);
}

/** Every word has to be there; `%` and `_` are words like others. */
function holds(q: string): RawBuilder<SqlBool> {
  const words = q.split(/\s+/).filter(Boolean).slice(0, 10);
  const each = words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    return sql`concat_ws(' ', title, reference_number, external_id, document ->> 'description') ilike ${pattern}`;
  });
  return each.length > 0 ? sql`(${sql.join(each, sql` and `)})` : sql`true`;
}

/** A day means its whole length: `2026-01-31` includes `2026-01-31T14:00Z`. */
function endOfDay(date: string): string {
  return `${date}~`;
}

function toRow({ identity, found }: Sighting, { portalId, runId, now }: SightingContext) {
  const { opportunity, raw, evidence, verification, recordId } = found;
  const text = (value: string | undefined) => (value === undefined ? null : storableText(value));
  return {
    id: newId(),
    portal_id: portalId,
    identity,
    external_id: text(opportunity.externalId),
    reference_number: text(opportunity.referenceNumber),
    title: storableText(opportunity.title),
    opportunity_type: text(opportunity.opportunityType),
    status: text(opportunity.status),
    posted_date: text(opportunity.postedDate),
    closing_date: text(opportunity.closingDate),
    category: text(opportunity.category),
    department: text(opportunity.department),
    agency: text(opportunity.agency),
    value_min: opportunity.valueMin ?? null,
    value_max: opportunity.valueMax ?? null,
    currency: text(opportunity.currency),
    confidence: opportunity.confidence,
    verification,
    document: storableJson(opportunity),
    raw: storableJson(raw),
    evidence: storableJson(evidence),
    content_hash: hashOfContent(opportunity),
    run_id: runId,
    record_id: recordId,
    first_seen_at: now,
    last_seen_at: now,
    changed_at: now,
  };
}

/** Seeing the same again, later or more surely, is no change. */
function hashOfContent(opportunity: Opportunity): string {
  const content = Object.entries(opportunity).filter(([field]) => field !== "extractedAt" && field !== "confidence");
  return sha256Hex(storableJson(content));
}

function fromRow(row: Selectable<OpportunityTable>): StoredOpportunity {
  return {
    id: row.id,
    portalId: row.portal_id,
    opportunity: OpportunitySchema.parse(row.document),
    raw: row.raw,
    evidence: EvidenceByFieldSchema.parse(row.evidence),
    verification: row.verification,
    recordId: row.record_id,
    runId: row.run_id,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    changedAt: row.changed_at,
  };
}
