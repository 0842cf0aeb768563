import { connect as connectTcp, type Socket } from "node:net";
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from "undici";
import type { AddressGuard, CheckedTarget } from "./address-guard.ts";
import type { EgressLimits } from "./request.ts";

export type AgentLimits = Pick<EgressLimits, "connectTimeoutMs" | "headersTimeoutMs" | "bodyTimeoutMs">;

/** Connects to nothing but the addresses that the guard has checked for this very connection. */
export function guardedAgent(guard: AddressGuard, limits: AgentLimits): Agent {
  const connect = buildConnector({ timeout: limits.connectTimeoutMs, allowH2: false });
  return new Agent({
    ...timeouts(limits),
    connect: (options, callback) => {
      guard.check(`${options.protocol}//${options.host ?? options.hostname}`).then(
        (target) => connectFirst(connect, options, target, callback),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
    },
  });
}

/** Sends through one proxy. The proxy connects; the guard can only have checked the target beforehand. */
export function proxyAgent(proxyUrl: string, limits: AgentLimits): Dispatcher {
  return new ProxyAgent({
    ...timeouts(limits),
    uri: proxyUrl,
    proxyTls: { timeout: limits.connectTimeoutMs },
    requestTls: { timeout: limits.connectTimeoutMs, allowH2: false },
  });
}

function timeouts({ headersTimeoutMs, bodyTimeoutMs }: AgentLimits) {
  return { headersTimeout: headersTimeoutMs, bodyTimeout: bodyTimeoutMs, allowH2: false, pipelining: 1 };
}

/** Tries the checked addresses one after the other. TLS still verifies the name, not the address. */
function connectFirst(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  target: CheckedTarget,
  callback: buildConnector.Callback,
): void {
  const [first = "", ...rest] = target.addresses;
  const servername = options.servername || (target.literal === null ? target.host : "");
  connect({ ...options, hostname: first, ...(servername ? { servername } : {}) }, (...result) => {
    if (result[0] !== null && rest.length > 0) {
      connectFirst(connect, options, { ...target, addresses: rest }, callback);
    } else {
      callback(...result);
    }
  });
}

/** A plain TCP connection to one of the checked addresses, for tunnels. Rejects with the last error. */
export async function openCheckedSocket(target: CheckedTarget, timeoutMs: number): Promise<Socket> {
  let failure: unknown;
  for (const address of target.addresses) {
    try {
      return await openSocket(address, target.port, timeoutMs);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function openSocket(host: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, noDelay: true, timeout: timeoutMs });
    socket.once("timeout", () => socket.destroy(new Error("connect timeout")));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.removeListener("error", reject);
      resolve(socket);
    });
  });
}
