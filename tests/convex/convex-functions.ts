/** Where `convex-test` finds functions: what Vite's import.meta.glob would give, file by file. */
const FOLDER = "../../integrations/convex/convex";

export const convexFunctions = {
  [`${FOLDER}/_generated/api.js`]: () => import("../../integrations/convex/convex/_generated/api.js"),
  [`${FOLDER}/_generated/server.js`]: () => import("../../integrations/convex/convex/_generated/server.js"),
  [`${FOLDER}/crons.ts`]: () => import("../../integrations/convex/convex/crons.ts"),
  [`${FOLDER}/http.ts`]: () => import("../../integrations/convex/convex/http.ts"),
  [`${FOLDER}/portals.ts`]: () => import("../../integrations/convex/convex/portals.ts"),
  [`${FOLDER}/schema.ts`]: () => import("../../integrations/convex/convex/schema.ts"),
  [`${FOLDER}/scraping/actions.ts`]: () => import("../../integrations/convex/convex/scraping/actions.ts"),
  [`${FOLDER}/scraping/mutations.ts`]: () => import("../../integrations/convex/convex/scraping/mutations.ts"),
  [`${FOLDER}/scraping/queries.ts`]: () => import("../../integrations/convex/convex/scraping/queries.ts"),
  [`${FOLDER}/scraping/scheduled.ts`]: () => import("../../integrations/convex/convex/scraping/scheduled.ts"),
};
