import ipaddr from "ipaddr.js";
import { sha256Hex } from "#kernel";

/** How failures slow the next try down: some are free, then each doubles the wait, from a second to the longest. */
export interface BrakeRule {
  readonly free: number;
  readonly longestMs: number;
  /** Without a failure this long, all is forgotten. */
  readonly forgetMs: number;
}

export interface Brake {
  readonly subject: string;
  readonly rule: BrakeRule;
}

export interface Braked {
  readonly failures: number;
  readonly failedAt: Date;
  readonly closedUntil: Date;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const IPV6_NETWORK_PARTS = 4;

/** One address at one account: strict, because whoever forgot a password tries a handful. */
const PAIR: BrakeRule = { free: 5, longestMs: 15 * MINUTE_MS, forgetMs: 24 * HOUR_MS };
/** One address at any account: people behind one address share it. */
const ADDRESS: BrakeRule = { free: 30, longestMs: 15 * MINUTE_MS, forgetMs: HOUR_MS };
/** One account from anywhere: against many addresses at once. Short, so that it locks nobody out for long. */
const ACCOUNT: BrakeRule = { free: 20, longestMs: MINUTE_MS, forgetMs: 24 * HOUR_MS };

/** No brake is remembered for longer. */
export const LONGEST_MEMORY_MS = 24 * HOUR_MS;

/**
 * What a try at an account is braked by. Where the person has signed in before from this address, strangers elsewhere cannot
 * close the account to them. Names are hashed: people type passwords where names belong.
 */
export function brakesOf({ name, address, isKnown }: { name: string; address: string; isKnown: boolean }): Brake[] {
  const account = sha256Hex(name);
  const network = networkOf(address);
  return [
    { subject: `pair ${account} ${network}`, rule: PAIR },
    { subject: `address ${network}`, rule: ADDRESS },
    ...(isKnown ? [] : [{ subject: `account ${account}`, rule: ACCOUNT }]),
  ];
}

/** A try counts as failed until it is known to be right: so tries at the same time cannot all be free. */
export function afterTry({ free, longestMs, forgetMs }: BrakeRule, before: Braked | null, now: Date): Braked {
  const isFresh = before !== null && now.getTime() - before.failedAt.getTime() < forgetMs;
  const failures = (isFresh ? before.failures : 0) + 1;
  const waitMs = failures < free ? 0 : Math.min(longestMs, SECOND_MS * 2 ** (failures - free));
  return { failures, failedAt: now, closedUntil: new Date(now.getTime() + waitMs) };
}

/** Whoever has an IPv6 address has 2^64 of them. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6) return `${parsed.parts.slice(0, IPV6_NETWORK_PARTS).map(hex).join(":")}::/64`;
  return parsed.toString();
}

function hex(part: number): string {
  return part.toString(16);
}
