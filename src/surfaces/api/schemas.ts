import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";

/** The one shape of every failure that the API reports. */
export const ErrorBody = z
  .object({
    error: z.object({
      code: z.string().describe("Stable, for programs. docs/guides/errors.md lists all of them."),
      message: z.string().describe("What was wrong and what to do next, for people."),
      details: z.record(z.string(), z.unknown()),
    }),
  })
  .meta({ id: "Error" });

/** How any route may refuse. */
export const READ_REFUSALS = {
  400: ErrorBody,
  401: ErrorBody,
  403: ErrorBody,
  404: ErrorBody,
  429: ErrorBody,
  500: ErrorBody,
  503: ErrorBody,
};

/** How a route that changes something may refuse besides. */
export const WRITE_REFUSALS = { ...READ_REFUSALS, 409: ErrorBody, 413: ErrorBody, 415: ErrorBody, 422: ErrorBody };

/** A name that a client gave to something. */
export const ClientId = z.string().min(1).max(200);

export const Limit = z.coerce.number().int().min(1).max(500).default(50).describe("Entries per page.");
export const Cursor = z.string().min(1).max(4_000).optional().describe("`nextCursor` of the page before.");

export const Instant = z.iso.datetime();

const FIRST_MS = Date.UTC(1970, 0);
const LAST_MS = Date.UTC(9999, 11, 31);

/** A time that a client names. Far outside of ours, databases and JavaScript disagree about what a date is. */
export const NamedInstant = z.iso
  .datetime()
  .refine((text) => Date.parse(text) >= FIRST_MS && Date.parse(text) <= LAST_MS, "A time between 1970 and 9999");

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable().describe("Null on the last page.") });
}

/** Media types of answers that are not one JSON value. */
export function textAs(mediaType: string, description: string) {
  return { description, content: { [mediaType]: { schema: z.string() } } };
}

/** As `textAs`, for answers that are written while they are sent. */
export function streamAs(mediaType: string, description: string) {
  return { description, content: { [mediaType]: { schema: z.any() } } };
}

/** A server whose routes are typed by their schemas. */
export type ZodApp = Parameters<FastifyPluginAsyncZod>[0];
