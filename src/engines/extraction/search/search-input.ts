import { z } from "zod";

export const INPUT_TYPES = ["text", "select", "date"] as const;
export type InputType = (typeof INPUT_TYPES)[number];

const name = z.string().trim().min(1, "The name or label of the field is missing").max(100);
const value = z.string().max(200);
const format = z
  .string()
  .max(20)
  .regex(/^(?=.*d)(?=.*M)(?=.*y)[dMy./ -]+$/, "Days as d or dd, months as M or MM, years as yy or yyyy: dd.MM.yyyy");

/** What is asked of a search form, as a recipe keeps it. Part of a recipe. */
export const SearchInputSchema = z.strictObject({
  name: name.describe("What the input is called: another value is given for it under this name."),
  type: z.enum(INPUT_TYPES).describe("`date`: written as the form wants it. `select`: one of the choices of the form."),
  value: value.describe(
    "What is asked where a run says nothing else. A date is ISO (`2026-03-01`), or counted from the day of the run: `today`, `today-30d`, `today+2w`, `today-6m`, `today-1y`.",
  ),
  format: format.optional().describe("How the form wants a date, such as `dd/MM/yyyy`. Left out: `yyyy-MM-dd`."),
});
export type SearchInput = z.infer<typeof SearchInputSchema>;

/** What somebody wants asked. What is left out is learnt from the form. */
export const AskedInputSchema = z.strictObject({
  name: name.describe("Name or label of the field; or `from`, `to` and `query` for what they are in the form."),
  value,
  type: z.enum(INPUT_TYPES).optional(),
  format: format.optional(),
});
export type AskedInput = z.infer<typeof AskedInputSchema>;
