import { readFileSync } from "node:fs";
import { z } from "zod";

/** From package.json, which lies two folders up both in the sources and in the built package. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))).version;
