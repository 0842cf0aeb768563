import type pg from "pg";
import { waitFor } from "#kernel";

const RECONNECT_MS = 500;

interface Listener {
  onPayload: (payload: string) => void;
  onReconnect: (() => void) | undefined;
}

/**
 * One connection that only listens, opened with the first subscription. When the server drops it, a new one is opened and
 * listens to the same channels; notifications sent meanwhile are lost, which is why signals are repaired from tables.
 */
export class PostgresListener {
  readonly #newClient: () => pg.Client;
  readonly #channels = new Map<string, Set<Listener>>();
  readonly #closing = new AbortController();
  #client: Promise<pg.Client> | null = null;
  #isReconnecting = false;

  constructor(newClient: () => pg.Client) {
    this.#newClient = newClient;
  }

  async listen(channel: string, listener: Listener): Promise<() => Promise<void>> {
    const listeners = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, listeners.add(listener));
    await this.#command("listen", channel).catch((error: unknown) => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#channels.delete(channel);
      throw error;
    });
    return async () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#channels.delete(channel);
      if (!this.#closing.signal.aborted) await this.#command("unlisten", channel);
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const client = await this.#client?.catch(() => null);
    await client?.end();
  }

  async #command(verb: "listen" | "unlisten", channel: string): Promise<void> {
    this.#client ??= this.#connect();
    const client = await this.#client;
    await client.query(`${verb} ${client.escapeIdentifier(channel)}`);
  }

  async #connect(): Promise<pg.Client> {
    const client = this.#newClient();
    client.on("notification", ({ channel, payload = "" }) => {
      for (const { onPayload } of this.#channels.get(channel) ?? []) onPayload(payload);
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      for (const channel of this.#channels.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      this.#client = null;
      void client.end().catch(() => undefined);
      throw error;
    }
    // Only now: a connection that never stood ends as well, and each of its ends would start a row of attempts of its own.
    client.once("end", () => {
      this.#client = null;
      if (!this.#isReconnecting) void this.#reconnect().finally(() => (this.#isReconnecting = false));
    });
    return client;
  }

  /** Until it succeeds or the database is closed. */
  async #reconnect(): Promise<void> {
    this.#isReconnecting = true;
    while (!this.#closing.signal.aborted && this.#channels.size > 0) {
      try {
        this.#client ??= this.#connect();
        await this.#client;
        for (const listeners of this.#channels.values()) for (const { onReconnect } of listeners) onReconnect?.();
        return;
      } catch {
        await waitFor(RECONNECT_MS, this.#closing.signal).catch(() => undefined);
      }
    }
  }
}
