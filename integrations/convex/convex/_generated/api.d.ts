/** As `npx convex dev` writes it; in an application its own takes this file's place. */
import type { ApiFromModules, FilterApi, FunctionReference } from "convex/server";
import type * as portals from "../portals.ts";
import type * as scraping_actions from "../scraping/actions.ts";
import type * as scraping_mutations from "../scraping/mutations.ts";
import type * as scraping_queries from "../scraping/queries.ts";
import type * as scraping_scheduled from "../scraping/scheduled.ts";

declare const fullApi: ApiFromModules<{
  portals: typeof portals;
  "scraping/actions": typeof scraping_actions;
  "scraping/mutations": typeof scraping_mutations;
  "scraping/queries": typeof scraping_queries;
  "scraping/scheduled": typeof scraping_scheduled;
}>;
export declare const api: FilterApi<typeof fullApi, FunctionReference<any, "public">>;
export declare const internal: FilterApi<typeof fullApi, FunctionReference<any, "internal">>;
