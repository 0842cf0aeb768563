import { sql, type Insertable, type Selectable } from "kysely";
import {
  resealTexts,
  type Database,
  type PortalLoginTable,
  type Resealed,
  type SecretSeal,
  type StoredSecret,
} from "#platform/storage";
import { RefusalSchema } from "./refusal.ts";
import type { PortalLogIn } from "./portal-login.ts";

/** A log-in with what is sealed of it. */
export interface StoredLogIn extends PortalLogIn {
  readonly secrets: string;
  readonly session: string | null;
}

/** Log-ins of portals: what is secret is sealed before it comes here. */
export class PortalLoginStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async find(portalId: string, trx: Database = this.#db): Promise<StoredLogIn | null> {
    const row = await trx.selectFrom("portal_login").selectAll().where("portal_id", "=", portalId).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Puts a new log-in in the place of the one before. One-time codes that were given out stay given out. */
  async put(login: StoredLogIn, trx: Database = this.#db): Promise<void> {
    const row = toRow(login);
    await trx
      .insertInto("portal_login")
      .values(row)
      .onConflict((oc) => oc.column("portal_id").doUpdateSet(row))
      .execute();
  }

  /** Applies a rule under the row's lock; null when there is no log-in any more. */
  async change(portalId: string, rule: (current: StoredLogIn) => StoredLogIn | null): Promise<StoredLogIn | null> {
    return await this.#db.transaction().execute(async (trx) => {
      const query = trx.selectFrom("portal_login").selectAll().where("portal_id", "=", portalId).forUpdate();
      const row = await query.executeTakeFirst();
      const next = row ? rule(fromRow(row)) : null;
      if (next) await trx.updateTable("portal_login").set(toRow(next)).where("portal_id", "=", portalId).execute();
      return next;
    });
  }

  async remove(portalId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom("portal_login")
      .where("portal_id", "=", portalId)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Takes a time step of the one-time codes: true once for each, and for none before it. */
  async claimStep(portalId: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable("portal_login")
      .set({ last_code_step: step })
      .where("portal_id", "=", portalId)
      .where((eb) => eb.or([eb("last_code_step", "is", null), eb("last_code_step", "<", step)]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

/** All sealed log-ins and sessions, as a key rotation sees them. */
export class SealedLogIns {
  readonly #db: Database;
  readonly #seal: SecretSeal;

  constructor({ db, seal }: { db: Database; seal: SecretSeal }) {
    this.#db = db;
    this.#seal = seal;
  }

  /** Puts them under the newest key. What is written meanwhile keeps what it wrote. */
  async reseal(): Promise<Resealed> {
    const rows = await this.#db.selectFrom("portal_login").select(["portal_id", "secrets", "session"]).execute();
    const stored = rows.flatMap(({ portal_id: id, secrets, session }) => [
      this.#secret(id, "secrets", secrets),
      ...(session === null ? [] : [this.#secret(id, "session", session)]),
    ]);
    return await resealTexts(this.#seal, stored);
  }

  #secret(portalId: string, column: "secrets" | "session", sealed: string): StoredSecret {
    const replace = (renewed: string) =>
      sql`update portal_login set ${sql.ref(column)} = ${renewed}
        where portal_id = ${portalId} and ${sql.ref(column)} = ${sealed}`.execute(this.#db);
    return { sealed, place: placeOf(portalId, column), replace };
  }
}

/** What the seal binds a portal's secrets to. */
export function placeOf(portalId: string, what: "secrets" | "session"): string {
  return `portal_login:${portalId}:${what}`;
}

function toRow(login: StoredLogIn): Insertable<PortalLoginTable> {
  const { state } = login;
  return {
    portal_id: login.portalId,
    secrets: login.secrets,
    username_hint: login.usernameHint,
    has_codes: login.hasCodes,
    url: login.url,
    origins: JSON.stringify(login.origins),
    status: state.status,
    refusal: state.status === "refused" ? state.why : null,
    open_tries: login.openTries,
    tried_at: login.triedAt,
    accepted_at: login.acceptedAt,
    session: login.session,
    session_until: login.sessionUntil,
    updated_at: login.updatedAt,
    updated_by: login.updatedBy,
  };
}

function fromRow(row: Selectable<PortalLoginTable>): StoredLogIn {
  return {
    portalId: row.portal_id,
    secrets: row.secrets,
    usernameHint: row.username_hint,
    hasCodes: row.has_codes,
    url: row.url,
    origins: row.origins,
    state:
      row.status === "refused" ? { status: row.status, why: RefusalSchema.parse(row.refusal) } : { status: row.status },
    openTries: row.open_tries,
    triedAt: row.tried_at,
    acceptedAt: row.accepted_at,
    session: row.session,
    hasSession: row.session !== null,
    sessionUntil: row.session_until,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}
