import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { TooManyRequests } from "./errors.ts";

/** Counts requests by key, or by address where there is none. Bots poll as often as they need; what monitors ask is free. */
export async function registerRateLimit(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ principal, ip }) => principal?.id ?? `ip:${ip}`,
    allowList: ({ principal }) => principal?.role === "bot",
    errorResponseBuilder: (_request, { ttl }) => new TooManyRequests(Math.max(1, Math.ceil(ttl / 1000))),
  });
}
