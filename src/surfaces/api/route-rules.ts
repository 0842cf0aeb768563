import type { FastifyInstance, RouteOptions } from "fastify";

/** A route says what it is called, what it is for, what it takes, what it answers and who may use it; or the server does not start. */
export function registerRouteRules(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    if (isSelfMade(route)) return;
    const missing = missingIn(route);
    if (missing.length > 0) throw new Error(`${String(route.method)} ${route.url} lacks ${missing.join(", ")}.`);
  });
}

/** HEAD beside GET, and the files of the documentation page. */
function isSelfMade({ method, schema }: RouteOptions): boolean {
  return method === "HEAD" || method === "OPTIONS" || schema?.hide === true;
}

function missingIn({ method, url, schema, config }: RouteOptions): string[] {
  const takesBody = ["POST", "PUT", "PATCH"].includes(String(method));
  const parts: [string, unknown][] = [
    ["operationId", schema?.operationId],
    ["summary", schema?.summary],
    ["tags", schema?.tags],
    ["response", schema?.response],
    ["params", !url.includes(":") || schema?.params],
    ["body", !takesBody || schema?.body || config?.hasNoBody],
    ["access", config?.access],
  ];
  return parts.filter(([, value]) => !value).map(([name]) => name);
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** A write that says everything in its address. */
    hasNoBody?: boolean;
  }
}
