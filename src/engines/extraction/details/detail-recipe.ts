import { z } from "zod";
import { FieldTypeSchema } from "../values/field-type.ts";
import { ValueFormatSchema } from "../values/value-format.ts";

/** Where a detail field stands on the page. Rules are tried in order; the first that finds something wins. */
export const DetailRuleSchema = z.discriminatedUnion("by", [
  /** The value beside, below or after a label: `Closing date: 12 May`. */
  z.strictObject({ by: z.literal("label"), label: z.string().min(1).max(200) }),
  /** The content under a heading, as a list of its items or as text. */
  z.strictObject({ by: z.literal("heading"), heading: z.string().min(1).max(200), list: z.boolean() }),
  /** A value of embedded data: keys from an object of this type. `*` goes through all items. */
  z.strictObject({
    by: z.literal("embedded"),
    kind: z.enum(["json-ld", "microdata", "rdfa", "state", "meta"]),
    type: z.string().max(200).optional(),
    keys: z.array(z.string().max(200)).max(32),
  }),
  /** A CSS selector made of ids, roles, stable classes and names; `attribute` reads an attribute instead of the text. */
  z.strictObject({
    by: z.literal("selector"),
    selector: z.string().min(1).max(500),
    attribute: z.string().max(60).optional(),
    list: z.boolean(),
  }),
]);

export const DetailFieldSchema = z.strictObject({
  name: z.string().min(1).max(200),
  type: FieldTypeSchema,
  format: ValueFormatSchema.optional(),
  list: z.boolean(),
  rules: z.array(DetailRuleSchema).min(1).max(8),
});

/** What was learnt of the detail pages of one listing. */
export const DetailRecipeSchema = z.strictObject({
  /** The column of the list that holds the address of a record's own page. Left out: the link that is only in this record. */
  link: z.string().min(1).max(200).optional(),
  fields: z.array(DetailFieldSchema).max(300),
  /** Whether labels, headings and embedded properties that no field names are read too: rare fields stand on few pages. */
  open: z.boolean(),
  /** Headings whose content was the same on all pages learnt from: `open` leaves them aside. */
  constant: z.array(z.string().min(1).max(200)).max(300).optional(),
});

export type DetailRule = z.infer<typeof DetailRuleSchema>;
export type DetailField = z.infer<typeof DetailFieldSchema>;
export type DetailRecipe = z.infer<typeof DetailRecipeSchema>;
