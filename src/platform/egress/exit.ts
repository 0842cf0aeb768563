import type { Duplex } from "node:stream";
import { Pool, type Dispatcher } from "undici";
import type { AddressGuard } from "./address-guard.ts";
import { Unreachable } from "./errors.ts";
import { guardedAgent, openCheckedSocket, proxyAgent, type AgentLimits } from "./guarded-agent.ts";

/** How a guard proxy reaches the world: by itself, or through a proxy of the pool. */
export interface Exit {
  /** For one plain request. Rejects when the address may not be asked. */
  agentFor(url: string): Promise<Dispatcher>;
  /** For `host:port`. Rejects when it may not be asked or does not answer. */
  openTunnel(target: string): Promise<Duplex>;
  close(): Promise<void>;
}

/** Connects to the address that was checked. */
export function directExit(guard: AddressGuard, limits: AgentLimits): Exit {
  const agent = guardedAgent(guard, limits);
  return {
    agentFor: () => Promise.resolve(agent),
    openTunnel: async (target) => await openCheckedSocket(await checkTunnel(guard, target), limits.connectTimeoutMs),
    close: () => agent.destroy(),
  };
}

/** Checks the name, then leaves the connection to the proxy, which resolves it again. */
export function proxyExit(guard: AddressGuard, proxyUrl: string, limits: AgentLimits): Exit {
  const agent = proxyAgent(proxyUrl, limits);
  const { origin, username, password } = new URL(proxyUrl);
  const pool = new Pool(origin, { connect: { timeout: limits.connectTimeoutMs, allowH2: false }, allowH2: false });
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const headers = username === "" ? {} : { "proxy-authorization": `Basic ${secret}` };
  return {
    agentFor: async (url) => {
      await guard.check(url);
      return agent;
    },
    openTunnel: async (target) => {
      await checkTunnel(guard, target);
      const { statusCode, socket } = await pool.connect({ path: target, headers: { host: target, ...headers } });
      if (statusCode === 200) return socket;
      socket.destroy();
      throw new Unreachable(`https://${target}`, `the proxy answered ${statusCode}`, 1);
    },
    close: async () => {
      await Promise.all([agent.destroy(), pool.destroy()]);
    },
  };
}

/** Port 80 marks an unencrypted WebSocket; for the guard only host and port matter, so both are read as https. */
async function checkTunnel(guard: AddressGuard, target: string) {
  return await guard.check(`https://${target}`);
}
