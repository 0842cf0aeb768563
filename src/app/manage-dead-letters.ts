import { z } from "zod";
import { noTelemetry, silentLogger, systemClock } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import { openSeal } from "./open-seal.ts";
import { openStore } from "./open-store.ts";
import { hereOrAtServer, type RunningApi } from "./running-server.ts";

const Letter = z.object({
  id: z.string(),
  url: z.string(),
  /** What the message tells of. */
  about: z.string(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  lastStatus: z.number().nullable(),
  createdAt: z.coerce.date(),
  diedAt: z.coerce.date().nullable(),
});
const Letters = z.object({ items: z.array(Letter) });

/** A callback or an e-mail that could not be delivered. */
export type ListedLetter = z.infer<typeof Letter>;

export interface DeadLetterDesk extends AsyncDisposable {
  /** The newest first. */
  list(limit: number): Promise<ListedLetter[]>;
  /** Sends one again, with all its attempts anew: by the server, as soon as one runs. */
  retry(id: string): Promise<void>;
  /** Forgets one for good. */
  drop(id: string): Promise<void>;
}

/** Opens the dead letters of the configured database; where a server holds it, asks the server. */
export function openDeadLetters(): Promise<DeadLetterDesk> {
  const config = loadConfig();
  return hereOrAtServer(config, () => lettersHere(config), lettersAtServer);
}

async function lettersHere(config: Config): Promise<DeadLetterDesk> {
  const [{ Outbox }, { Jobs }] = await Promise.all([import("#platform/delivery"), import("#platform/jobs")]);
  const { database, close } = await openStore({ config });
  const trade = { logger: silentLogger, telemetry: noTelemetry };
  const jobs = new Jobs({ database, ...trade });
  const sender = { send: () => Promise.reject(new TypeError("The command line sends nothing itself.")) };
  const seal = await openSeal(config);
  const outbox = new Outbox({ db: database.db, jobs, sender, seal, clock: systemClock, ...trade });
  await jobs.start({ work: false });
  return {
    list: async (limit) =>
      (await outbox.deadLetters({ limit })).map(({ idempotencyKey, ...letter }) => ({
        ...letter,
        about: idempotencyKey,
      })),
    retry: (id) => outbox.redeliver(id),
    drop: (id) => outbox.discard(id),
    [Symbol.asyncDispose]: async () => {
      await jobs.stop({ graceMs: 0 });
      await close();
    },
  };
}

async function lettersAtServer(api: RunningApi): Promise<DeadLetterDesk> {
  const at = (id: string): string => `/api/v1/dead-letters/${encodeURIComponent(id)}`;
  return {
    list: async (limit) => Letters.parse(await api.ask("GET", `/api/v1/dead-letters?limit=${limit}`)).items,
    retry: async (id) => void (await api.ask("POST", `${at(id)}/redeliver`)),
    drop: async (id) => void (await api.ask("DELETE", at(id))),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
