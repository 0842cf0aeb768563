import { z } from "zod";
import { FieldRuleSchema } from "./columns/field-rule.ts";
import { DetailRecipeSchema } from "./details/detail-recipe.ts";
import { EntryStepSchema } from "./entry-step.ts";
import { EndpointSchema } from "./endpoint/endpoint.ts";
import { isOfSite } from "./endpoint/is-of-site.ts";
import { InvalidRecipe } from "./errors.ts";
import { ListRuleSchema } from "./lists/list-rule.ts";
import { PaginationRecipeSchema } from "./pagination/pagination-recipe.ts";
import { inputsOf } from "./search/inputs-of.ts";
import { SearchInputSchema } from "./search/search-input.ts";

const shortText = z.string().max(2000);

const ChecksSchema = z.strictObject({
  records: z
    .strictObject({ min: z.number().int().min(0), learned: z.number().int().min(0) })
    .describe("Fewest records that a page with a list may hold, and how many there were when it was learnt."),
  required: z.array(z.string().max(200)).max(100).describe("Fields that every record must have."),
});

/** What was learnt of a listing: enough to harvest it again without learning, short enough to be read in a review. */
export const RecipeSchema = z
  .strictObject({
    format: z.literal(1).describe("Version of this language."),
    name: z.string().min(1).max(300).describe("For people."),
    source: z.strictObject({ url: shortText.nullable() }).describe("The page it was learnt on."),
    learned: z
      .strictObject({
        at: z.iso.datetime().nullable().describe("When, in UTC."),
        by: z.string().max(100).describe("What learnt it: `analyser`, a model's name, a person."),
        confidence: z.number().min(0).max(1),
      })
      .describe("Where the recipe comes from."),
    entry: z
      .strictObject({ url: shortText.nullable(), steps: z.array(EntryStepSchema).max(20).optional() })
      .describe("The way in: first address, and what has to be passed before the list is shown."),
    inputs: z
      .array(SearchInputSchema)
      .max(20)
      .optional()
      .describe("What the search form on the way in is asked. A run may ask something else under the same names."),
    transport: z.enum(["http", "browser"]).describe("Whether the static page holds the records."),
    list: ListRuleSchema.describe("Where the records are."),
    fields: z.array(FieldRuleSchema).max(100).describe("What a record holds."),
    earlier: z
      .array(z.strictObject({ list: ListRuleSchema, fields: z.array(FieldRuleSchema).max(100) }))
      .max(3)
      .optional()
      .describe("How the page was read before it changed, latest first: tried where `list` finds nothing."),
    pagination: PaginationRecipeSchema,
    endpoint: EndpointSchema.optional().describe(
      "Where the page's script gets the records: read instead of the page, without a browser.",
    ),
    detail: DetailRecipeSchema.nullable().optional(),
    checks: ChecksSchema.describe("What must be true of a page; else the run reports drift."),
  })
  .superRefine(({ inputs = [], entry: { steps = [] } }, context) => {
    const names = new Set(inputs.map(({ name }) => name));
    for (const name of steps.flatMap(inputsOf))
      if (!names.has(name))
        context.addIssue({ code: "custom", path: ["inputs"], message: `no input is called "${name}"` });
  })
  .superRefine(({ endpoint, entry, source }, context) => {
    const page = entry.url ?? source.url;
    if (!endpoint || (page !== null && isOfSite(endpoint.url, page))) return;
    context.addIssue({ code: "custom", path: ["endpoint", "url"], message: "an address of the same site as the page" });
  });

export type Recipe = z.infer<typeof RecipeSchema>;

/** The published JSON Schema of recipes. */
export function recipeJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(RecipeSchema, { target: "draft-2020-12", io: "input" });
}

/** Reads a recipe of this or an older format. Throws `InvalidRecipe`, naming every key that is wrong. */
export function upgradeRecipe(json: unknown): Recipe {
  const parsed = RecipeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InvalidRecipe(parsed.error.issues.map(({ path, message }) => `${path.join(".") || "recipe"}: ${message}`));
}
