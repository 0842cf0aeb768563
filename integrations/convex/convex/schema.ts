import { defineSchema } from "convex/server";
import { scrapingTables } from "./scraping/tables.ts";

export default defineSchema({ ...scrapingTables });
