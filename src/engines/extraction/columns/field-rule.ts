import { z } from "zod";
import { FieldTypeSchema } from "../values/field-type.ts";
import { ValueFormatSchema } from "../values/value-format.ts";

/** One way to find a field inside a record. */
export const FieldPlaceSchema = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("header"),
    header: z.string().min(1).max(300).describe("Text of the table's header cell over the column."),
    within: z.string().max(500).optional().describe("Selector below the cell."),
  }),
  z.strictObject({
    by: z.literal("label"),
    label: z.string().min(1).max(200).describe("Words that stand before the value."),
  }),
  z.strictObject({
    by: z.literal("selector"),
    selector: z
      .string()
      .min(1)
      .max(500)
      .describe("CSS selector relative to the record; `:scope` is the record itself."),
  }),
  z.strictObject({ by: z.literal("heading") }).describe("The line above the group of records."),
  z.strictObject({
    by: z.literal("key"),
    key: z.string().min(1).max(300).describe("Key in a record of embedded data; dots lead into nested objects."),
    unit: z.string().min(1).max(300).optional().describe("Key of the currency that belongs to the amount."),
  }),
]);

export const FieldRuleSchema = z.strictObject({
  name: z.string().min(1).max(200).describe("Name of the column."),
  type: FieldTypeSchema,
  format: ValueFormatSchema.optional().describe("How the values are written."),
  places: z.array(FieldPlaceSchema).min(1).max(8).describe("Ways to find the field; the first that finds it wins."),
  take: z
    .strictObject({
      from: z.enum(["text", "attribute"]),
      attribute: z.string().max(80).optional().describe("Which attribute."),
      pattern: z
        .string()
        .max(200)
        .optional()
        .describe(
          "How the text is built: `{}` is any text, `{date}`, `{code}` and `{time}` are of that kind, the rest is literal: `No. {code}, {} ({date})`.",
        ),
      part: z.number().int().min(0).max(20).optional().describe("Which part of the pattern, from 0."),
    })
    .describe("What of the place is the value."),
  required: z.boolean().describe("True when every record had it."),
  fingerprint: z
    .strictObject({
      fill: z.number().min(0).max(1).describe("Share of the records that had it."),
      shape: z.string().max(80).describe("What most values look like: `99/99/9999`, `Aa a. Aa`."),
      length: z.number().min(0).describe("Median length of the values in characters."),
    })
    .describe("How the values looked when the recipe was learnt; what differs much is reported as drift."),
});

export type FieldRule = z.infer<typeof FieldRuleSchema>;
export type FieldPlace = z.infer<typeof FieldPlaceSchema>;
