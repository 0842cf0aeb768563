import { z } from "zod";

const selector = z.string().min(1).max(500);

/** Where the records of a listing stand, and what makes a record. Part of a recipe. */
export const ListRuleSchema = z.strictObject({
  containers: z
    .array(selector)
    .max(8)
    .describe(
      "Selectors of the element(s) that hold the records, the most durable first; the next is tried when one finds none.",
    ),
  several: z.boolean().describe("True when the list is spread over all elements that the selector finds."),
  record: z
    .strictObject({
      unit: z
        .enum(["element", "line", "group"])
        .describe(
          "A record is one child element, one line of text, or a group of neighbours that begins with `starts`.",
        ),
      shape: z
        .array(z.string().max(120))
        .max(80)
        .describe("Tag paths that most records have: what a record looks like."),
      tags: z.array(z.string().max(60)).min(1).max(8).describe("Names of the elements that a record is made of."),
      starts: z.array(z.string().max(120)).max(80).optional().describe("Shape of the first element of a group."),
      parted: z
        .boolean()
        .optional()
        .describe("A group is what stands between two rules: `<hr>`, an empty line, or neighbours without words."),
      longest: z.number().int().min(1).max(10_000).optional().describe("Most items in a group."),
      least: z.number().min(0).max(1).describe("Likeness to the shape below which a neighbour is no record."),
    })
    .describe("What makes a record."),
  heading: z
    .enum(["date", "text"])
    .optional()
    .describe("Set when a line above a group of records belongs to each of them: a date, or other words."),
  under: z
    .array(z.string().min(2).max(120))
    .min(1)
    .max(20)
    .optional()
    .describe(
      "Words above the list, without numbers, where other lists of the page are built alike: only what stands under one of these is taken, wherever it stands.",
    ),
  embedded: z
    .strictObject({
      kind: z.enum(["json-ld", "microdata", "rdfa", "state", "meta"]),
      name: z.string().max(300).nullable(),
      keys: z.array(z.string().max(300)).max(40),
    })
    .optional()
    .describe("Set when the records are read from data that the page carries beside its visible text."),
});

export type ListRule = z.infer<typeof ListRuleSchema>;
