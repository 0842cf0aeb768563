import { z } from "zod";

const shortText = z.string().max(2000);

/** One step of the way in, before the list is shown. Part of a recipe. */
export const EntryStepSchema = z.strictObject({
  by: z.enum(["link", "form", "click", "scroll", "fill", "select"]).describe("What the step does."),
  role: z
    .string()
    .max(40)
    .describe("What it is for: `consent` and `frame` are taken where they stand, `open` in their order."),
  selector: z.string().max(500).optional().describe("The control, as a CSS selector."),
  url: shortText.optional().describe("Address to ask for, or to send the form to."),
  fields: z
    .array(z.tuple([z.string().max(200), z.string().max(2000)]))
    .max(200)
    .optional()
    .describe("What a form sends."),
  inputs: z
    .array(z.tuple([z.string().max(200), z.string().max(100)]))
    .max(20)
    .optional()
    .describe("Fields of the form that hold an input: the field's name, then the input's."),
  value: shortText.optional().describe("What is written into a field, or chosen."),
  input: z.string().max(100).optional().describe("The input that is written or chosen, in place of `value`."),
  label: z.string().max(300).optional().describe("What the control said when it was learnt."),
});

export type EntryStep = z.infer<typeof EntryStepSchema>;
