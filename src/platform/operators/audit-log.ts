import type { Clock, JsonObject } from "#kernel";
import type { Database } from "#platform/storage";
import { AuditStore } from "./audit-store.ts";

export interface AuditEvent {
  readonly id: number;
  readonly at: Date;
  /** `user:NAME`, a key's id, a command, or a part of the program. */
  readonly actor: string;
  /** Noun and verb: `key.revoked`. */
  readonly action: string;
  readonly subject: string | null;
  readonly details: JsonObject;
}

/** Never secrets, never page content. */
export interface AuditEntry {
  actor: string;
  action: string;
  subject?: string;
  details?: JsonObject;
}

export interface AuditQuery {
  /** Only events before this id: the last one of the page before. */
  before?: number | undefined;
  limit?: number | undefined;
  actor?: string | undefined;
  /** Noun and verb, or only the noun: `session` finds `session.started` too. */
  action?: string | undefined;
  subject?: string | undefined;
  /** The first instant, and the first that is too late. */
  since?: Date | undefined;
  until?: Date | undefined;
}

const PAGE = 100;

/** Who did what when. It only grows: the database itself refuses to change or remove what was recorded. */
export class AuditLog {
  readonly #store: AuditStore;
  readonly #clock: Clock;

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#store = new AuditStore(db);
    this.#clock = clock;
  }

  /** With `trx` the record stands exactly if what it tells of does. */
  async record({ actor, action, subject, details = {} }: AuditEntry, trx?: Database): Promise<void> {
    await this.#store.append({ at: this.#clock(), actor, action, subject: subject ?? null, details }, trx);
  }

  /** Newest first. */
  list({ limit = PAGE, ...query }: AuditQuery = {}): Promise<AuditEvent[]> {
    return this.#store.list({ ...query, limit });
  }
}
