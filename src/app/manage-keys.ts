import { z } from "zod";
import { systemClock } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import type { Role } from "#platform/operators";
import { openStore } from "./open-store.ts";
import { hereOrAtServer, type RunningApi } from "./running-server.ts";

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

const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(["viewer", "operator", "admin", "bot"]),
  prefix: z.string(),
  createdAt: z.coerce.date(),
  expiresAt: z.coerce.date().nullable(),
  revokedAt: z.coerce.date().nullable(),
  lastUsedAt: z.coerce.date().nullable(),
});
const MadeKey = KeyView.extend({ key: z.string() });
const KeyList = z.object({ items: z.array(KeyView) });

/** Opens the keys of the configured database; where a server holds it, asks the server. */
export function openKeys(): Promise<KeyDesk> {
  const config = loadConfig();
  return hereOrAtServer(config, () => keysHere(config), keysAtServer);
}

async function keysHere(config: Config): Promise<KeyDesk> {
  const { ApiKeys, AuditLog, stateOf } = await import("#platform/operators");
  const { database, close } = await openStore({ config });
  const audit = new AuditLog({ db: database.db, clock: systemClock });
  const keys = new ApiKeys({ db: database.db, audit, clock: systemClock });
  return {
    async create({ name, role, days }) {
      const expiresAt = expiryOf(days);
      const { key, apiKey } = await keys.create({ name, role, by: BY, ...(expiresAt === null ? {} : { expiresAt }) });
      return { id: apiKey.id, key, role };
    },
    async list() {
      return (await keys.list()).map((key) => ({ ...key, state: stateOf(key, systemClock()) }));
    },
    revoke: (id) => keys.revoke(id, BY),
    [Symbol.asyncDispose]: close,
  };
}

async function keysAtServer(api: RunningApi): Promise<KeyDesk> {
  const { stateOf } = await import("#platform/operators");
  return {
    async create({ name, role, days }) {
      const expiresAt = expiryOf(days)?.toISOString();
      const made = await api.ask("POST", "/api/v1/keys", {
        name,
        role,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      });
      const { id, key } = MadeKey.parse(made);
      return { id, key, role };
    },
    async list() {
      const { items } = KeyList.parse(await api.ask("GET", "/api/v1/keys"));
      return items.map((key) => ({ ...key, state: stateOf({ ...key, createdBy: "" }, systemClock()) }));
    },
    async revoke(id) {
      await api.ask("DELETE", `/api/v1/keys/${encodeURIComponent(id)}`);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function expiryOf(days: number | null): Date | null {
  return days === null ? null : new Date(systemClock().getTime() + days * DAY_MS);
}
