import { z } from "zod";

/** Why a portal did not let us in, as it is stored and shown. */
export const RefusalSchema = z.enum([
  "refused",
  "code_refused",
  "code_missing",
  "not_kept",
  "unsafe",
  "no_form",
  "blocked",
  "unanswered",
]);
