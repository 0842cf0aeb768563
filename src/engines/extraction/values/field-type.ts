import { z } from "zod";

/** What a field can hold. Everything that is not surely something else is `text`. */
export const FIELD_TYPES = [
  "text",
  "date",
  "datetime",
  "money",
  "number",
  "url",
  "email",
  "phone",
  "reference",
  "document",
  "status",
  "image",
] as const;

export const FieldTypeSchema = z.enum(FIELD_TYPES);

export type FieldType = z.infer<typeof FieldTypeSchema>;
