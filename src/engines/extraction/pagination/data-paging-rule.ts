import { z } from "zod";

const keys = z.array(z.string().max(300)).max(24);
const parameter = z.string().min(1).max(200);

/** How the next part of a list is asked for where an answer is data. Part of a recipe. */
export const DataPagingSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("address"), keys: keys.describe("Where the answer names the next address.") }),
  z.strictObject({
    by: z.literal("cursor"),
    keys: keys.describe("Where the answer holds the cursor."),
    parameter: parameter.describe("Parameter of the address that takes it."),
  }),
  z.strictObject({
    by: z.literal("number"),
    parameter: parameter.describe("Parameter of the address with the page number or offset."),
    first: z.number().int().min(0).describe("Its value for the first page."),
    step: z.number().int().min(1).describe("How much it grows from page to page."),
    size: z.number().int().min(1).describe("Records of a full page: fewer are the last ones."),
  }),
]);

export type DataPaging = z.infer<typeof DataPagingSchema>;
