import { z } from "zod";
import { FieldRuleSchema } from "../columns/field-rule.ts";
import { ListRuleSchema } from "../lists/list-rule.ts";
import { DataPagingSchema } from "../pagination/data-paging-rule.ts";
import { DATA_REQUEST, faultOf } from "./data-request.ts";

/** Where a page's script gets its records, and how they are read there. Part of a recipe. */
export const EndpointSchema = z
  .strictObject({
    ...DATA_REQUEST,
    list: ListRuleSchema.describe("Where the list stands in the answer."),
    fields: z.array(FieldRuleSchema).max(100).describe("The page's columns, as the answer has them."),
    paging: DataPagingSchema.nullable().describe(
      "How the next part is asked for; null where the answer is the whole list, or its `Link` header leads on.",
    ),
  })
  .superRefine((endpoint, context) => {
    const fault = faultOf(endpoint);
    if (fault) context.addIssue({ code: "custom", path: [fault.at], message: fault.message });
  });

export type Endpoint = z.infer<typeof EndpointSchema>;
