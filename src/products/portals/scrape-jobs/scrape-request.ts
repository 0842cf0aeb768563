import { z } from "zod";
import { sha256Hex } from "#kernel";
import { BadCallbackUrl, BadPortalUrl } from "../errors.ts";
import {
  acceptConfiguration,
  PortalConfigurationSchema,
  RequestedConfigurationSchema,
  type Abilities,
} from "../portals/configuration.ts";
import { whatIsWrongWith } from "../web-address.ts";
import { PrioritySchema, type Priority } from "./priority.ts";

const id = z.string().min(1).max(200).regex(/^\S+$/, "No blanks");
const address = z.string().min(1).max(8_000);

/** The body of `POST /scrape`, as the client sends it. */
export const RequestedScrapeSchema = z
  .object({
    jobId: id.describe("Chosen by the client. The same id with the same request is answered again, never run twice."),
    url: address.describe("The portal's list."),
    portalId: id.describe("The client's name for the portal. An unknown portal is added."),
    configuration: RequestedConfigurationSchema,
    callbackUrl: address.optional().describe("Told on every change of state, and now and then on progress."),
    priority: PrioritySchema.optional().describe(
      "Normal by default. A head start of an hour for each step, so that jobs of low priority run too.",
    ),
  })
  .meta({ id: "ScrapeRequest" });
export type RequestedScrape = z.infer<typeof RequestedScrapeSchema>;

/** What a job was asked to do, as it is kept: nothing secret is in it. */
export const ScrapeRequestSchema = z.object({
  url: z.string(),
  portalId: z.string(),
  configuration: PortalConfigurationSchema,
  callbackUrl: z.string().optional(),
  priority: PrioritySchema.optional(),
});
export type ScrapeRequest = z.infer<typeof ScrapeRequestSchema>;

/** Checks what the shape alone cannot say. @throws NotSupportedYet, BadPortalUrl, BadCallbackUrl */
export function acceptScrape(
  { url, portalId, configuration, callbackUrl, priority }: RequestedScrape,
  abilities?: Abilities,
): ScrapeRequest {
  const accepted = acceptConfiguration(configuration, abilities);
  const badUrl = whatIsWrongWith(url);
  if (badUrl) throw new BadPortalUrl(badUrl);
  const badCallback = callbackUrl === undefined ? null : whatIsWrongWith(callbackUrl);
  if (badCallback) throw new BadCallbackUrl(badCallback);
  return { url, portalId, configuration: accepted, callbackUrl, priority };
}

export function priorityOf({ priority }: Pick<ScrapeRequest, "priority">): Priority {
  return priority ?? "normal";
}

/** Two requests with one hash ask for the same. The order of keys does not matter, nor does a key without a value. */
export function hashOfRequest(request: ScrapeRequest): string {
  return sha256Hex(JSON.stringify(sorted(request)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
