import { sql } from "kysely";
import { z } from "zod";
import { rowSet, type Database, type OpportunityEventRow } from "#platform/storage";
import { storableJson } from "../../storable-json.ts";
import { OpportunityEvidenceSchema } from "../opportunity.ts";
import { OpportunityEventKind, type FieldState, type NewOpportunityEvent } from "./opportunity-event.ts";

/** Something that happened to an opportunity. */
export interface OpportunityEvent extends NewOpportunityEvent {
  id: number;
}

export interface EventQuery {
  opportunityId?: string | undefined;
  portalId?: string | undefined;
  kinds?: readonly NewOpportunityEvent["kind"][] | undefined;
  since?: Date | undefined;
  /** Only events before this one: the next page of a list that begins with the newest. */
  before?: number | undefined;
  limit: number;
}

/** Takes in what happened to opportunities. */
export type TellOfEvents = (trx: Database, events: readonly NewOpportunityEvent[]) => Promise<void>;

/** What happened to opportunities. Only grows: a trigger refuses the rest. */
export class HistoryStore {
  readonly #db: Database;
  readonly #tell: TellOfEvents;

  /** `tell` hears of what is written, within the transaction that writes it. */
  constructor(db: Database, tell: TellOfEvents = () => Promise.resolve()) {
    this.#db = db;
    this.#tell = tell;
  }

  async add(trx: Database, events: readonly NewOpportunityEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map(toRow);
    const types = {
      ...{
        opportunity_id: "uuid",
        at: "timestamptz",
        kind: "text",
        field: "text",
        old_value: "jsonb",
        new_value: "jsonb",
      },
      ...{ old_quote: "text", new_quote: "text", old_evidence: "jsonb", new_evidence: "jsonb", artifacts: "text[]" },
      ...{ job_id: "text", actor: "text", note: "text" },
    };
    const names = sql.join(Object.keys(types).map((name) => sql.ref(name)));
    const given: typeof rows = JSON.parse(storableJson(rows));
    await sql`
      insert into opportunity_event (${names}) select ${names} from ${rowSet("given", { types, rows: given })}`.execute(
      trx,
    );
    await this.#tell(trx, events);
  }

  /** Newest first. */
  async list({ opportunityId, portalId, kinds, since, before, limit }: EventQuery): Promise<OpportunityEvent[]> {
    let query = this.#db.selectFrom("opportunity_event").selectAll("opportunity_event");
    if (opportunityId !== undefined) query = query.where("opportunity_id", "=", opportunityId);
    if (portalId !== undefined)
      query = query
        .innerJoin("opportunity", "opportunity.id", "opportunity_event.opportunity_id")
        .where("opportunity.portal_id", "=", portalId);
    if (kinds !== undefined) query = query.where("kind", "in", [...kinds]);
    if (since !== undefined) query = query.where("at", ">=", since);
    if (before !== undefined) query = query.where("opportunity_event.id", "<", before);
    const rows = await query.orderBy("opportunity_event.id", "desc").limit(limit).execute();
    return rows.map(fromRow);
  }
}

function toRow({ opportunityId, at, kind, field, before, after, jobId, actor, note }: NewOpportunityEvent) {
  const artifacts = [before, after].flatMap((state) => state?.evidence.map(({ artifact }) => artifact) ?? []);
  return {
    ...{ opportunity_id: opportunityId, at, kind, field: field ?? null },
    ...{ old_value: before?.value ?? null, new_value: after?.value ?? null },
    ...{ old_quote: before?.quote ?? null, new_quote: after?.quote ?? null },
    ...{ old_evidence: before?.evidence ?? null, new_evidence: after?.evidence ?? null },
    artifacts: [...new Set(artifacts.filter((artifact) => artifact !== null))],
    ...{ job_id: jobId ?? null, actor: actor ?? null, note: note ?? null },
  };
}

const Places = z.array(OpportunityEvidenceSchema);

function fromRow(row: OpportunityEventRow): OpportunityEvent {
  const state = (value: unknown, quote: string | null, evidence: unknown): FieldState | null =>
    row.field === null ? null : { value: value ?? null, quote, evidence: Places.parse(evidence ?? []) };
  const before = state(row.old_value, row.old_quote, row.old_evidence);
  const after = state(row.new_value, row.new_quote, row.new_evidence);
  return {
    id: Number(row.id),
    opportunityId: row.opportunity_id,
    at: row.at,
    kind: OpportunityEventKind.parse(row.kind),
    ...(row.field === null ? {} : { field: row.field }),
    ...(before && after ? { before, after } : {}),
    ...(row.job_id === null ? {} : { jobId: row.job_id }),
    ...(row.actor === null ? {} : { actor: row.actor }),
    ...(row.note === null ? {} : { note: row.note }),
  };
}
