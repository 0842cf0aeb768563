import { z } from "zod";

/** How the values of one column are written: learnt once, stored in the recipe, reused when it is applied. */
export const ValueFormatSchema = z.strictObject({
  /** Order of a numeric date such as 03/04/2025. */
  order: z.enum(["dmy", "mdy", "ymd"]).optional(),
  /** True when no sample told the order: dates that could be read either way lose confidence. */
  orderIsGuess: z.boolean().optional(),
  /** IANA zone, or an offset such as "+02:00", of times that name none themselves. */
  zone: z.string().max(64).optional(),
  /** BCP 47 language the values are written in. */
  locale: z.string().max(35).optional(),
  /** Which sign parts units from decimals. */
  decimal: z.enum([".", ","]).optional(),
  /** The date counts seconds or milliseconds since 1970, UTC. */
  epoch: z.enum(["s", "ms"]).optional(),
  /** What stands before and after the value in the address that is built from it. */
  before: z.string().max(500).optional(),
  after: z.string().max(200).optional(),
  /** ISO 4217 code of amounts that name no currency themselves. */
  currency: z.string().length(3).optional(),
});

export type ValueFormat = z.infer<typeof ValueFormatSchema>;
