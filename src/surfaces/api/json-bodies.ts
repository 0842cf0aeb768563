import type { FastifyInstance } from "fastify";

/**
 * Reads JSON bodies, and refuses those that would poison a prototype. Many clients announce JSON and send nothing when
 * there is nothing to say: that is no body, and whether one is needed is the route's to decide.
 */
export function registerJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.trim() === "") done(null, undefined);
    else parse(request, body, done);
  });
}
