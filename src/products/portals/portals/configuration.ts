import { z } from "zod";
import { DocumentSettingsSchema } from "../documents/document-settings.ts";
import { NotSupportedYet } from "../errors.ts";

const selector = z.string().trim().min(1).max(1_000).optional();

const NavigationHints = z
  .object({ opportunityListSelector: selector, nextButtonSelector: selector, detailLinkSelector: selector })
  .describe("CSS selectors that a person found out. Learning looks for the list where its selector points first.");

const Reading = z
  .object({
    timezone: z
      .string()
      .max(64)
      .refine(isTimeZone, "An IANA time zone such as Europe/Berlin")
      .optional()
      .describe("IANA name of the zone of dates and times that name none."),
    dateOrder: z.enum(["dmy", "mdy"]).optional().describe("How 03/04/2026 is meant, where no other date tells."),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "A code of ISO 4217 such as USD")
      .optional()
      .describe("Which currency a `$` or `kr` is, and an amount without a sign."),
  })
  .describe("What dates and amounts of this portal mean where its pages do not say. What nobody says is left open.");

const kept = {
  reading: Reading.optional(),
  reviewBelow: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Confidence below which a person is asked. Default: the operator's REVIEW_BELOW."),
  navigationPattern: z.enum(["pagination", "ajax-load", "infinite-scroll"]).optional(),
  navigationHints: NavigationHints.optional(),
  maxPages: z.int().min(1).max(10_000).optional().describe("Pages of the list, or scroll steps, per job."),
  details: z
    .boolean()
    .optional()
    .describe("Open the page of every record too. Default: only with a detailLinkSelector."),
  customInstructions: z
    .string()
    .max(10_000)
    .optional()
    .describe("What is wanted, in words. Needs a model; without one it is refused with 422."),
  rateLimit: z
    .int()
    .min(0)
    .max(600_000)
    .optional()
    .describe("Milliseconds between two requests to the portal. It only slows down: the operator's own pace stays."),
  documents: DocumentSettingsSchema.optional(),
};

/** The documented configuration of a portal, but for what belongs to a person: credentials are never kept. */
export const PortalConfigurationSchema = z.object({ requiresAuth: z.literal(false).optional(), ...kept });
export type PortalConfiguration = z.infer<typeof PortalConfigurationSchema>;

/** What a client may send: all documented fields, also those that come later. */
export const RequestedConfigurationSchema = z.object({
  requiresAuth: z.boolean().optional(),
  authMethod: z.string().max(50).optional(),
  authCredentials: z
    .object({ username: z.string().max(500).optional(), password: z.string().max(500).optional() })
    .nullable()
    .optional()
    .describe("Refused with 422 for now; never stored and never logged."),
  ...kept,
  knownSelectors: z
    .object({ opportunityList: selector, nextButton: selector, detailLink: selector, loadMoreButton: selector })
    .optional()
    .describe("Another name for navigationHints."),
});
export type RequestedConfiguration = z.infer<typeof RequestedConfigurationSchema>;

/** What this program can do beyond what every installation can. */
export interface Abilities {
  /** A model is configured that can judge what was said in words. */
  readonly mayInstruct: boolean;
}

/**
 * Keeps of a requested configuration what may be kept.
 * @throws NotSupportedYet when it asks for a log-in, or for instructions without a model; the credentials go no further.
 */
export function acceptConfiguration(
  requested: RequestedConfiguration,
  { mayInstruct }: Abilities = { mayInstruct: false },
): PortalConfiguration {
  const instructions = requested.customInstructions?.trim() ?? "";
  const unsupported = [
    ...(requested.requiresAuth ? ["requiresAuth"] : []),
    ...(requested.authCredentials?.username || requested.authCredentials?.password ? ["authCredentials"] : []),
    ...(instructions !== "" && !mayInstruct ? ["customInstructions"] : []),
  ];
  if (unsupported.length > 0) throw new NotSupportedYet(unsupported);
  const { navigationPattern, maxPages, details, rateLimit, documents, reading, reviewBelow } = requested;
  const navigationHints = hintsOf(requested);
  const customInstructions = instructions === "" ? undefined : instructions;
  const said = { ...(reading === undefined ? {} : { reading }), ...(reviewBelow === undefined ? {} : { reviewBelow }) };
  const accepted = {
    navigationPattern,
    maxPages,
    details,
    customInstructions,
    rateLimit,
    navigationHints,
    documents,
    ...said,
  };
  return requested.requiresAuth === undefined ? accepted : { requiresAuth: false, ...accepted };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function hintsOf({
  knownSelectors: known,
  navigationHints: hints,
}: RequestedConfiguration): PortalConfiguration["navigationHints"] {
  if (!known && !hints) return undefined;
  return {
    opportunityListSelector: hints?.opportunityListSelector ?? known?.opportunityList,
    nextButtonSelector: hints?.nextButtonSelector ?? known?.nextButton ?? known?.loadMoreButton,
    detailLinkSelector: hints?.detailLinkSelector ?? known?.detailLink,
  };
}
