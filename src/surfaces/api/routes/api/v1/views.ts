import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "#kernel";
import type { SavedView, SavedViewStore } from "#products/portals";
import { nameOf } from "../../../access.ts";
import { Instant, pageOf, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";

const ViewView = z
  .object({
    name: z.string(),
    search: z.record(z.string(), z.string()).describe("As the address of the dashboard's list has it."),
    updatedAt: Instant,
  })
  .meta({ id: "SavedView" });

const Search = z
  .record(z.string().min(1).max(50), z.string().max(500))
  .refine((search) => Object.keys(search).length <= 40, "At most 40 entries");
const Params = z.object({ name: z.string().trim().min(1).max(100) });
const tags = ["Opportunities"];

interface Deps {
  views: Pick<SavedViewStore, "list" | "save" | "remove">;
  clock: Clock;
}

/** `/api/v1/views`: lists of opportunities that the caller named for themselves. */
export function viewRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "listSavedViews",
          summary: "The caller's own views, by name",
          tags,
          response: { 200: pageOf(ViewView), ...READ_REFUSALS },
        },
      },
      async ({ principal }) => {
        return { items: (await deps.views.list(nameOf(principal))).map(view), nextCursor: null };
      },
    );
    save(app, deps);
    remove(app, deps);
  };
}

function save(app: ZodApp, { views, clock }: Deps): void {
  app.put(
    "/:name",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "saveView",
        summary: "Keep a list under a name; the one of that name is replaced",
        tags,
        params: Params,
        body: z.strictObject({ search: Search }),
        response: { 200: ViewView, ...WRITE_REFUSALS },
      },
    },
    async ({ params: { name }, body: { search }, principal }) =>
      view(await views.save(nameOf(principal), { name, search }, clock())),
  );
}

function remove(app: ZodApp, { views }: Deps): void {
  app.delete(
    "/:name",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "removeView",
        summary: "Forget a view",
        tags,
        params: Params,
        response: { 204: z.null(), ...WRITE_REFUSALS },
      },
    },
    async ({ params: { name }, principal }, reply) => {
      await views.remove(nameOf(principal), name);
      return reply.status(204).send(null);
    },
  );
}

function view({ name, search, updatedAt }: SavedView): z.output<typeof ViewView> {
  const texts = Object.entries(search).map(([key, value]) => [key, String(value)]);
  return { name, search: Object.fromEntries(texts), updatedAt: updatedAt.toISOString() };
}
