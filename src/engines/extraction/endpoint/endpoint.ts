import { z } from "zod";
import { FieldRuleSchema } from "../columns/field-rule.ts";
import { ListRuleSchema } from "../lists/list-rule.ts";
import { DataPagingSchema } from "../pagination/data-paging-rule.ts";

/** Where a page's script gets its records, and how they are read there. Part of a recipe. */
export const EndpointSchema = z.strictObject({
  url: z.string().max(2000).describe("What is asked for the first part, by GET."),
  list: ListRuleSchema.describe("Where the list stands in the answer."),
  fields: z.array(FieldRuleSchema).max(100).describe("The page's columns, as the answer has them."),
  paging: DataPagingSchema.nullable().describe(
    "How the next part is asked for; null where the answer is the whole list.",
  ),
});

export type Endpoint = z.infer<typeof EndpointSchema>;
