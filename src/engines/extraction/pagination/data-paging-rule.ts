import { z } from "zod";

const keys = z.array(z.string().max(300)).max(24);
const parameter = z
  .string()
  .min(1)
  .max(200)
  .describe("What takes the cursor, page number or offset. In JSON, dots lead into nested objects.");
const place = z
  .enum(["address", "body"])
  .optional()
  .describe("Where the parameter stands: in the address, unless it says otherwise, or in what is posted.");
const more = z
  .strictObject({
    keys: keys.describe("Where it says so."),
    is: z.boolean().describe("What it says as long as there is more."),
  })
  .optional()
  .describe("Where the answer says whether there is more.");

/** How the next part of a list is asked for where an answer is data. Part of a recipe. */
export const DataPagingSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("address"), keys: keys.describe("Where the answer names the next address."), more }),
  z.strictObject({
    by: z.literal("cursor"),
    keys: keys.describe("Where the answer holds the cursor."),
    parameter,
    in: place,
    more,
  }),
  z.strictObject({
    by: z.literal("number"),
    parameter,
    in: place,
    first: z.number().int().min(0).describe("Its value for the first page."),
    step: z.number().int().min(1).describe("How much it grows from page to page."),
    size: z.number().int().min(1).describe("Records of a full page: fewer are the last ones."),
    more,
  }),
]);

export type DataPaging = z.infer<typeof DataPagingSchema>;
