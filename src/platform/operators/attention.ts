import { newId, type Clock, type JsonObject } from "#kernel";
import type { Database } from "#platform/storage";
import { claim, giveBack, resolve, type AttentionItem, type ClaimedItem, type ResolvedItem } from "./attention-item.ts";
import { AttentionStore, type AttentionPage } from "./attention-store.ts";
import type { AuditLog } from "./audit-log.ts";
import { AttentionNotFound } from "./errors.ts";

export interface Matter {
  kind: string;
  subject: string;
  reason: string;
  details?: JsonObject;
}

const PAGE = 200;

/** The one queue of what needs a person: walls, heals that await a look, sessions to sign in. */
export class Attention {
  readonly #store: AttentionStore;
  readonly #audit: Pick<AuditLog, "record">;
  readonly #clock: Clock;

  constructor({ db, audit, clock }: { db: Database; audit: Pick<AuditLog, "record">; clock: Clock }) {
    this.#store = new AttentionStore(db);
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Asks for a person. Asking again for the same kind and subject gives the item that is there. */
  open({ kind, subject, reason, details = {} }: Matter, trx?: Database): Promise<AttentionItem> {
    const item = { id: newId(), kind, subject, reason, details, openedAt: this.#clock(), state: "open" as const };
    return this.#store.open(item, trx);
  }

  async claim(id: string, by: string, { takeOver = false } = {}): Promise<ClaimedItem> {
    const claimed = await this.#change(id, (item) => claim(item, by, this.#clock(), takeOver));
    await this.#audit.record({ actor: by, action: "attention.claimed", subject: id });
    return claimed;
  }

  async giveBack(id: string, by: string): Promise<void> {
    await this.#change(id, giveBack);
    await this.#audit.record({ actor: by, action: "attention.given-back", subject: id });
  }

  async resolve(id: string, by: string, resolution: string): Promise<ResolvedItem> {
    const resolved = await this.#change(id, (item) => resolve(item, by, resolution, this.#clock()));
    await this.#audit.record({ actor: by, action: "attention.resolved", subject: id, details: { resolution } });
    return resolved;
  }

  /** Oldest first; without a state, all that is not resolved. */
  list({ state = null, limit = PAGE, after }: Partial<AttentionPage> = {}): Promise<AttentionItem[]> {
    return this.#store.list({ state, limit, after });
  }

  async find(id: string): Promise<AttentionItem | null> {
    return isUuid(id) ? this.#store.find(id) : null;
  }

  async #change<Next extends AttentionItem>(id: string, rule: (current: AttentionItem) => Next): Promise<Next> {
    if (!isUuid(id)) throw new AttentionNotFound(id);
    return this.#store.change(id, rule);
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
