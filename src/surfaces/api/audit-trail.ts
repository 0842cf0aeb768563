import type { FastifyInstance } from "fastify";
import { nameOf } from "./access.ts";
import type { AuditLog } from "#platform/operators";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The module behind the route keeps the record itself, and says more exactly what was done. */
    isAuditedInside?: boolean;
  }
}

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Every change that somebody made through the API is on record before its answer leaves. */
export function registerAuditTrail(app: FastifyInstance, audit: Pick<AuditLog, "record">): void {
  app.addHook("onSend", async ({ method, params, principal, routeOptions }, reply) => {
    const { schema, config } = routeOptions;
    if (!WRITES.has(method) || reply.statusCode >= 400 || schema?.operationId === undefined) return;
    if (config.isAuditedInside) return;
    const subject = Object.values(params ?? {})
      .filter((value) => typeof value === "string")
      .join("/");
    await audit.record({
      actor: nameOf(principal),
      action: `api.${schema.operationId}`,
      ...(subject === "" ? {} : { subject }),
      details: { status: reply.statusCode },
    });
  });
}
