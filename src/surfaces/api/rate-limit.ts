import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { TooManyRequests } from "./errors.ts";

/** A person who pages through thousands of rows is no program that runs wild. */
const PERSON_FACTOR = 20;

/** Counts requests by key, or by address where there is none. Bots poll as often as they need; what monitors ask is free. */
export async function registerRateLimit(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: ({ principal }) => (principal?.isPerson === true ? requestsPerMinute * PERSON_FACTOR : requestsPerMinute),
    timeWindow: 60_000,
    keyGenerator: ({ principal, ip }) => principal?.id ?? `ip:${ip}`,
    allowList: ({ principal }) => principal?.role === "bot",
    errorResponseBuilder: (_request, { ttl }) => new TooManyRequests(Math.max(1, Math.ceil(ttl / 1000))),
  });
}
