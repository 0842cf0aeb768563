import { randomBytes } from "node:crypto";
import { newId, type Clock } from "#kernel";
import type { Database } from "#platform/storage";
import { KEY_BYTES, formatKey, hashKey, isKey, prefixOf, stateOf, type ApiKey } from "./api-key.ts";
import { ApiKeyStore } from "./api-key-store.ts";
import type { AuditLog } from "./audit-log.ts";
import { KeyNotFound } from "./errors.ts";
import type { Role } from "./role.ts";

/** How exactly the last use is known; each use would otherwise be a write. */
const USE_GRAIN_MS = 60_000;

export interface ApiKeysDeps {
  db: Database;
  audit: Pick<AuditLog, "record">;
  clock: Clock;
  /** For tests; the operating system's source by default. */
  random?: (bytes: number) => Uint8Array;
}

export interface NewKey {
  name: string;
  role: Role;
  expiresAt?: Date;
  /** Who makes it, for the audit log. */
  by: string;
}

/** Keys of programs: made, checked, listed and revoked. */
export class ApiKeys {
  readonly #store: ApiKeyStore;
  readonly #audit: Pick<AuditLog, "record">;
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Uint8Array;

  constructor({ db, audit, clock, random = randomBytes }: ApiKeysDeps) {
    this.#store = new ApiKeyStore(db);
    this.#audit = audit;
    this.#clock = clock;
    this.#random = random;
  }

  /** `key` is the secret: shown to its owner now, and never again. */
  async create({ name, role, expiresAt, by }: NewKey): Promise<{ key: string; apiKey: ApiKey }> {
    const key = formatKey(this.#random(KEY_BYTES));
    const apiKey: ApiKey = {
      id: newId(),
      name,
      prefix: prefixOf(key),
      role,
      createdBy: by,
      createdAt: this.#clock(),
      expiresAt: expiresAt ?? null,
      revokedAt: null,
      lastUsedAt: null,
    };
    await this.#store.insert(apiKey, hashKey(key));
    await this.#audit.record({ actor: by, action: "key.created", subject: apiKey.id, details: { name, role } });
    return { key, apiKey };
  }

  /** Whose key this is; null when it is unknown, revoked or expired. Keys are found by their hash, so timing tells nothing. */
  async authenticate(key: string): Promise<ApiKey | null> {
    if (!isKey(key)) return null;
    const apiKey = await this.#store.findByHash(hashKey(key));
    const now = this.#clock();
    if (!apiKey || stateOf(apiKey, now) !== "active") return null;
    const idleMs = now.getTime() - (apiKey.lastUsedAt?.getTime() ?? 0);
    if (idleMs >= USE_GRAIN_MS) await this.#store.used(apiKey.id, now);
    return apiKey;
  }

  list(): Promise<ApiKey[]> {
    return this.#store.list();
  }

  /** From now on the key opens nothing. Throws `KeyNotFound`. */
  async revoke(id: string, by: string): Promise<void> {
    const isUuid = /^[0-9a-f-]{36}$/i.test(id);
    if (!isUuid || !(await this.#store.revoke(id, this.#clock()))) throw new KeyNotFound(id);
    await this.#audit.record({ actor: by, action: "key.revoked", subject: id });
  }

  /** How many keys are not revoked. */
  count(): Promise<number> {
    return this.#store.count();
  }
}
