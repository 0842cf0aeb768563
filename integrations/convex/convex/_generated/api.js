/** As `npx convex dev` writes it; in an application its own takes this file's place. */
import { anyApi } from "convex/server";

export const api = anyApi;
export const internal = anyApi;
