import { z } from "zod";
import { DOCUMENT_KINDS } from "./reading/reading.ts";

const MB = 1024 * 1024;

/** Whether the files that a portal's opportunities name are fetched, and how much of them. */
export const DocumentSettingsSchema = z
  .strictObject({
    download: z.boolean().describe("Keep the files themselves, with their text to be searched."),
    maxBytes: z
      .int()
      .min(1_024)
      .max(100 * MB)
      .optional()
      .describe("Largest file, in bytes. Default 20 MB."),
    maxPerJob: z.int().min(1).max(10_000).optional().describe("Files fetched after one job. Default 200."),
    types: z
      .array(z.enum(DOCUMENT_KINDS))
      .min(1)
      .optional()
      .describe("Only files that are one of these, whatever they are called. Default: all that can be read."),
    recheckDays: z
      .int()
      .min(0)
      .max(365)
      .optional()
      .describe("Days after which the portal is asked whether a file has changed. Default 7; 0: never."),
  })
  .describe("Files that opportunities name: left where they are unless this says otherwise.");
export type DocumentSettings = z.infer<typeof DocumentSettingsSchema>;

/** The settings with what was left out. */
export function withDefaults({ maxBytes, maxPerJob, types, recheckDays }: DocumentSettings) {
  return {
    maxBytes: maxBytes ?? 20 * MB,
    maxPerJob: maxPerJob ?? 200,
    types: types ?? DOCUMENT_KINDS,
    recheckDays: recheckDays ?? 7,
  };
}
export type CollectorLimits = ReturnType<typeof withDefaults>;
