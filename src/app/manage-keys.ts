import { systemClock } from "#kernel";
import { loadConfig } from "#platform/config";
import type { Role } from "#platform/operators";
import { openStore } from "./open-store.ts";

/** Roles that a key may have: as `platform/operators` defines them. */
export const KEY_ROLES: readonly Role[] = ["viewer", "operator", "admin", "bot"];
export type KeyRole = Role;

export interface ListedKey {
  id: string;
  name: string;
  role: KeyRole;
  prefix: string;
  state: "active" | "expired" | "revoked";
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export interface KeyDesk extends AsyncDisposable {
  /** `key` is shown once; only its hash is stored. */
  create(wanted: {
    name: string;
    role: KeyRole;
    days: number | null;
  }): Promise<{ id: string; key: string; role: KeyRole }>;
  list(): Promise<ListedKey[]>;
  revoke(id: string): Promise<void>;
}

const BY = "command line";
const DAY_MS = 86_400_000;

/** Opens the keys of the configured database. */
export async function openKeys(): Promise<KeyDesk> {
  const { ApiKeys, AuditLog, stateOf } = await import("#platform/operators");
  const { database, close } = await openStore({ config: loadConfig() });
  const audit = new AuditLog({ db: database.db, clock: systemClock });
  const keys = new ApiKeys({ db: database.db, audit, clock: systemClock });
  return {
    async create({ name, role, days }) {
      const expiry = days === null ? {} : { expiresAt: new Date(systemClock().getTime() + days * DAY_MS) };
      const { key, apiKey } = await keys.create({ name, role, by: BY, ...expiry });
      return { id: apiKey.id, key, role };
    },
    async list() {
      return (await keys.list()).map((key) => ({ ...key, state: stateOf(key, systemClock()) }));
    },
    revoke: (id) => keys.revoke(id, BY),
    [Symbol.asyncDispose]: close,
  };
}
