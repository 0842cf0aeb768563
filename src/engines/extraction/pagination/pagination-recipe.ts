import { z } from "zod";
import { DataPagingSchema } from "./data-paging-rule.ts";

const PAGINATION_KINDS = [
  "next-link",
  "numbered",
  "offset",
  "postback",
  "load-more",
  "infinite-scroll",
  "none",
] as const;

/** How the next page of a listing is reached, as learnt on one of its pages. Part of a recipe. */
export const PaginationRecipeSchema = z.object({
  kind: z.enum(PAGINATION_KINDS).describe("How the listing is cut into pages."),
  next: z
    .object({
      selectors: z.array(z.string()).describe("CSS selectors of the control, the most durable first."),
      label: z.string().describe("What the control said when it was learnt."),
      by: z.enum(["link", "form", "click", "scroll"]).describe("What the step does."),
    })
    .nullable()
    .describe("The control that leads on; null when the pages are only numbered or there is one page."),
  addresses: z
    .object({
      template: z.string().describe("Address of a page with {n} where its number or offset stands."),
      first: z.number().int().describe("The value of {n} for page 1."),
      step: z.number().int().describe("How much {n} grows from page to page."),
    })
    .nullable()
    .describe("The pattern of the addresses, so that missing pages can be asked for."),
  data: DataPagingSchema.optional().describe("How the next part is asked for where the list is JSON, not a page."),
});

export type PaginationRecipe = z.infer<typeof PaginationRecipeSchema>;
