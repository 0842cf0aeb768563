import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { accessOf } from "./access.ts";

const DESCRIPTION = `Collects data that people can check from web portals.

Programs send an API key: \`Authorization: Bearer KEY\`; people sign in to the dashboard, whose pages send a cookie. Every failure has one shape, \`{"error": {"code", "message", "details"}}\`;
codes are stable. Lists come in pages: give \`nextCursor\` back as \`cursor\`.`;

const TAGS = [
  { name: "Scraping", description: "Jobs over portals, as a client application asks for them." },
  { name: "Jobs", description: "The same jobs with their exact states and their history." },
  { name: "Portals", description: "Sites with lists of opportunities." },
  { name: "Opportunities", description: "What jobs found, each once." },
  { name: "Recipes", description: "What was learnt of listings." },
  { name: "Evidence", description: "Harvests, their records, and the stored bytes that prove them." },
  { name: "Attention", description: "What needs a person." },
  { name: "Session", description: "Signing in to the dashboard, and who is asking." },
  { name: "Users", description: "People who may sign in." },
  { name: "Keys", description: "Keys of programs." },
  { name: "Audit", description: "Who changed what." },
  { name: "Operation", description: "Health and measurements." },
];

/** Collects every route that is registered after it into one OpenAPI document. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Gleaner",
        description: DESCRIPTION,
        version,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      tags: TAGS,
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "An API key." },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "gleaner",
            description:
              "Of a person who signed in; `__Host-gleaner` under TLS. What changes something must come from a page of this server.",
          },
        },
      },
    },
    transformObject: (given) => {
      const document = jsonSchemaTransformObject(given);
      if ("components" in document) dropUnused(document.components?.schemas ?? {}, document.paths);
      return document;
    },
    transform: (given) => {
      const { schema, url } = jsonSchemaTransform(given);
      const access = accessOf(given.route);
      const needs = access === "public" ? {} : { "x-role": access };
      return {
        url,
        schema: { ...schema, security: access === "public" ? [] : [{ apiKey: [] }, { session: [] }], ...needs },
      };
    },
  });
}

/** Every named schema exists twice, for requests and for answers; only what something points at is told. */
function dropUnused(schemas: Record<string, unknown>, paths: unknown): void {
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(schemas[name]);
    }
  };
  follow(paths);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
}

/** The document as a page that needs nothing from elsewhere, and as JSON. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: true,
    uiConfig: { docExpansion: "list", displayRequestDuration: true, validatorUrl: null },
    theme: { title: "Gleaner API" },
  });
  app.get("/openapi.json", { schema: { hide: true }, config: { access: "public" } }, async () => app.swagger());
}
