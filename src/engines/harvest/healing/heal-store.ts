import { sql } from "kysely";
import type { Database } from "#platform/storage";
import {
  DecisionBodySchema,
  HealedBodySchema,
  RefusedBodySchema,
  type HealEntry,
  type HealState,
} from "./heal-event.ts";

const HEALINGS = ["healed", "heal_refused"] as const;
const DECISIONS = ["heal_approved", "heal_rejected"] as const;

export interface HealPage {
  readonly recipeIds?: readonly string[];
  readonly waiting?: boolean;
  /** Number that the page before ended with. */
  readonly before?: number;
  readonly limit: number;
}

type Row = Awaited<ReturnType<ReturnType<typeof healings>["execute"]>>[number];

/** Healings with what was decided about them, from the ledger of recipes. */
export class HealStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The latest first. */
  async list({ recipeIds, waiting = false, before, limit }: HealPage): Promise<HealEntry[]> {
    let query = healings(this.#db).orderBy("e.number", "desc").limit(limit);
    if (recipeIds) query = query.where("e.recipe_id", "in", [...recipeIds]);
    if (before !== undefined) query = query.where("e.number", "<", before);
    if (waiting)
      query = query
        .where("e.kind", "=", "heal_refused")
        .where("d.number", "is", null)
        .where("e.number", "=", latestRefusal)
        .where(sql<boolean>`(e.body->>'version')::int = r.version`);
    return (await query.execute()).map(fromRow);
  }

  /** To which a person said no. */
  async rejected(recipeId: string): Promise<HealEntry[]> {
    const query = healings(this.#db).where("e.recipe_id", "=", recipeId).where("d.kind", "=", "heal_rejected");
    return (await query.execute()).map(fromRow);
  }

  async find(id: number, trx: Database = this.#db): Promise<HealEntry | null> {
    const row = await healings(trx).where("e.number", "=", id).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Holds the recipe until the transaction ends: two people do not decide at once. */
  async lock(recipeId: string, trx: Database): Promise<void> {
    await trx.selectFrom("recipe").select("id").where("id", "=", recipeId).forUpdate().executeTakeFirst();
  }
}

const latestRefusal = sql<number>`(
  select max(l.number) from recipe_event l where l.recipe_id = e.recipe_id and l.kind = 'heal_refused')`;

function healings(db: Database) {
  return db
    .selectFrom("recipe_event as e")
    .innerJoin("recipe as r", "r.id", "e.recipe_id")
    .leftJoin("recipe_event as d", (join) =>
      join
        .onRef("d.recipe_id", "=", "e.recipe_id")
        .on("d.kind", "in", DECISIONS)
        .on(sql<boolean>`(d.body->>'event')::bigint = e.number`),
    )
    .where("e.kind", "in", HEALINGS)
    .select(["e.number", "e.recipe_id", "e.kind", "e.body", "e.at", "r.version as in_use"])
    .select(["d.kind as decided", "d.body as decision", "d.at as decided_at"])
    .select(latestRefusal.as("latest"));
}

function fromRow(row: Row): HealEntry {
  const said = row.decision === null ? null : DecisionBodySchema.parse(row.decision);
  const decision = said && row.decided_at ? { by: said.by, at: row.decided_at, note: said.note } : null;
  const entry = { id: row.number, recipeId: row.recipe_id, at: row.at, decision };
  if (row.kind === "healed") {
    const { from, to, proof, artifact } = HealedBodySchema.parse(row.body);
    const state = decision ? "undone" : "healed";
    return { ...entry, state, fromVersion: from, toVersion: to, reasons: [], proof, artifact, proposal: null };
  }
  const { version, reasons, proof, artifact, proposal } = RefusedBodySchema.parse(row.body);
  const state = stateOfRefusal(row, version);
  const toVersion = said?.version ?? null;
  return { ...entry, state, fromVersion: version, toVersion, reasons, proof, artifact, proposal };
}

function stateOfRefusal({ decided, in_use, latest, number }: Row, version: number): HealState {
  if (decided === "heal_approved") return "approved";
  if (decided === "heal_rejected") return "rejected";
  return in_use === version && latest === number ? "waiting" : "outdated";
}
