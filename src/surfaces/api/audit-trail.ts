import type { FastifyInstance } from "fastify";
import { z } from "zod";
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
  app.addHook("onSend", async ({ method, params, body, principal, routeOptions }, reply) => {
    const { schema, config } = routeOptions;
    if (!WRITES.has(method) || reply.statusCode >= 400 || schema?.operationId === undefined) return;
    if (config.isAuditedInside) return;
    const subject = subjectOf(params, body);
    await audit.record({
      actor: nameOf(principal),
      action: `api.${schema.operationId}`,
      ...(subject === "" ? {} : { subject }),
      details: { status: reply.statusCode },
    });
  });
}

/** What it was about: the values of the address, or the id that the body brings. */
function subjectOf(params: unknown, body: unknown): string {
  const inAddress = Object.values(params ?? {}).filter((value) => typeof value === "string");
  if (inAddress.length > 0) return inAddress.join("/");
  const named = IdentifiedSchema.safeParse(body).data;
  return named?.jobId ?? named?.id ?? named?.name ?? "";
}

const name = z.string().optional();
const IdentifiedSchema = z.object({ jobId: name, id: name, name });
