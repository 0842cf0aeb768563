import type { FastifyInstance } from "fastify";
import { InvalidRequest } from "./errors.ts";

/** No database text can hold NUL or half a surrogate pair: said here once, instead of failing in some store. */
export function registerTextCheck(app: FastifyInstance): void {
  app.addHook("preValidation", async ({ body, params, query }) => {
    for (const [where, value] of Object.entries({ body, params, querystring: query })) {
      const path = pathOfBadText(value, where);
      if (path !== null)
        throw new InvalidRequest([{ where: path.slice(0, 200), what: "Text must be without NUL and well-formed" }]);
    }
  });
}

/** Where in a value of JSON there is text that no database can hold; null where there is none. */
export function pathOfBadText(value: unknown, path: string, depth = 0): string | null {
  if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed() ? path : null;
  if (typeof value !== "object" || value === null) return null;
  if (depth > 100) return path;
  for (const [key, inner] of Object.entries(value)) {
    const at = `${path}/${key}`;
    const bad = pathOfBadText(key, at, depth) ?? pathOfBadText(inner, at, depth + 1);
    if (bad !== null) return bad;
  }
  return null;
}
