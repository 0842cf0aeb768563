import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { AppError } from "#kernel";
import type { Harvester } from "#engines/harvest";
import { Cursor, Instant, Limit, pageOf, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";
import { readPlace, writePlace } from "../../../place.ts";

const RecipeBody = z.record(z.string(), z.unknown()).describe("A recipe: see docs/guides/recipes.md.");

const Summary = z.object({
  id: z.string(),
  name: z.string(),
  sourceUrl: z.string(),
  version: z.int().describe("The one in use."),
  createdAt: Instant,
  updatedAt: Instant,
});

const Version = z
  .object({
    id: z.string(),
    version: z.int(),
    recipe: RecipeBody,
    sha256: z.string(),
    origin: z.enum(["learned", "imported", "edited", "healed"]),
    note: z.string().nullable(),
    createdAt: Instant,
  })
  .meta({ id: "RecipeVersion" });

const Check = z.object({
  valid: z.boolean(),
  problems: z.array(z.string()),
  recipe: RecipeBody.nullable().describe("The recipe in today's format."),
});

const Params = z.object({ recipeId: z.uuid() });
const Place = z.tuple([z.uuid()]);
const tags = ["Recipes"];
type Recipes = Harvester["recipes"];

/** `/api/v1/recipes`: what was learnt of listings, to be read, checked and corrected. */
export function recipeRoutes(recipes: Recipes, recipeSchema: () => Record<string, unknown>): FastifyPluginAsyncZod {
  return async (app) => {
    listRecipes(app, recipes);
    getRecipeSchema(app, recipeSchema);
    getRecipe(app, recipes);
    listRecipeVersions(app, recipes);
    validateRecipe(app, recipes);
    saveRecipe(app, recipes);
  };
}

function listRecipes(app: ZodApp, recipes: Recipes): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listRecipes",
        summary: "Recipes, the last changed first",
        tags,
        querystring: z.object({ limit: Limit, cursor: Cursor }),
        response: { 200: pageOf(Summary), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? {} : { after: readPlace(cursor, Place)[0] };
      const found = await recipes.list({ limit, ...after });
      const items = found.map(({ createdAt, updatedAt, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
      }));
      const last = items.at(-1);
      return { items, nextCursor: last && items.length === limit ? writePlace([last.id]) : null };
    },
  );
}

function getRecipeSchema(app: ZodApp, recipeSchema: () => Record<string, unknown>): void {
  app.get(
    "/schema",
    {
      config: { access: "public" },
      schema: {
        operationId: "getRecipeSchema",
        summary: "The JSON Schema of recipes",
        tags,
        response: { 200: z.record(z.string(), z.unknown()), ...READ_REFUSALS },
      },
    },
    async () => recipeSchema(),
  );
}

function getRecipe(app: ZodApp, recipes: Recipes): void {
  app.get(
    "/:recipeId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getRecipe",
        summary: "A recipe: the version in use, or the one that is named",
        tags,
        params: Params,
        querystring: z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
        response: { 200: Version, ...READ_REFUSALS },
      },
    },
    async ({ params, query }) => view(await recipes.get(params.recipeId, query.version)),
  );
}

function listRecipeVersions(app: ZodApp, recipes: Recipes): void {
  app.get(
    "/:recipeId/versions",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listRecipeVersions",
        summary: "All versions of a recipe, the oldest first",
        tags,
        params: Params,
        response: { 200: pageOf(Version), ...READ_REFUSALS },
      },
    },
    async ({ params }) => ({ items: (await recipes.versions(params.recipeId)).map(view), nextCursor: null }),
  );
}

function validateRecipe(app: ZodApp, recipes: Recipes): void {
  app.post(
    "/validate",
    {
      config: { access: "viewer", isAuditedInside: true },
      schema: {
        operationId: "validateRecipe",
        summary: "Check a recipe without keeping it",
        tags,
        body: RecipeBody,
        response: { 200: Check, ...WRITE_REFUSALS },
      },
    },
    async ({ body }) => check(recipes, body),
  );
}

function saveRecipe(app: ZodApp, recipes: Recipes): void {
  app.put(
    "/:recipeId",
    {
      config: { access: "operator" },
      schema: {
        operationId: "saveRecipe",
        summary: "Save a new version of a recipe and use it from now on",
        tags,
        params: Params,
        body: z.strictObject({ recipe: RecipeBody, note: z.string().max(2_000).optional() }),
        response: { 200: Version, ...WRITE_REFUSALS },
      },
    },
    async ({ params, body: { recipe, note } }) => {
      const fresh = { recipe: recipes.check(recipe), origin: "edited" as const };
      return view(await recipes.save(params.recipeId, note === undefined ? fresh : { ...fresh, note }));
    },
  );
}

function check(recipes: Recipes, body: unknown): z.output<typeof Check> {
  try {
    return { valid: true, problems: [], recipe: recipes.check(body) };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "invalid") throw error;
    const { problems } = error.details;
    return { valid: false, problems: Array.isArray(problems) ? problems.map(String) : [error.message], recipe: null };
  }
}

function view(stored: Awaited<ReturnType<Recipes["get"]>>): z.output<typeof Version> {
  return { ...stored, createdAt: stored.createdAt.toISOString() };
}
