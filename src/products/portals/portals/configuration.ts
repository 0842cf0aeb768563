import { z } from "zod";
import { AskedInputSchema } from "#engines/extraction";
import { DocumentSettingsSchema } from "../documents/document-settings.ts";
import { CredentialsIncomplete, NotSupportedYet } from "../errors.ts";
import type { LogInWish } from "../logins/portal-logins.ts";
import { isCurrency } from "../opportunities/values/currency.ts";

const selector = z.string().trim().min(1).max(1_000).optional();

const NavigationHints = z
  .object({ opportunityListSelector: selector, nextButtonSelector: selector, detailLinkSelector: selector })
  .describe(
    "CSS selectors that a person found out. Learning checks each on the page; one that matches nothing is reported.",
  );

/** The document uses both sets of names for the same hints. */
const hintNames = {
  opportunityListSelector: selector,
  nextButtonSelector: selector,
  detailLinkSelector: selector,
  opportunityList: selector,
  nextButton: selector,
  detailLink: selector,
  loadMoreButton: selector,
};

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
      .refine(isCurrency, "A code of ISO 4217 such as USD")
      .optional()
      .describe("Which currency a `$` or `kr` is, and an amount without a sign."),
  })
  .describe("What dates and amounts of this portal mean where its pages do not say. What nobody says is left open.");

const Inputs = z
  .array(AskedInputSchema)
  .max(20)
  .refine((inputs) => new Set(inputs.map(({ name }) => name)).size === inputs.length, "Each name once")
  .describe(
    "What the search form before the list is asked, at every job: words, a choice, or a date such as `today-30d`. An empty list asks none.",
  );

const kept = {
  inputs: Inputs.optional(),
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

/** The documented configuration of a portal, but for credentials: those are kept apart, sealed. */
export const PortalConfigurationSchema = z.object({ requiresAuth: z.boolean().optional(), ...kept });
export type PortalConfiguration = z.infer<typeof PortalConfigurationSchema>;

/** What a client may send: all documented fields, also those that come later. */
export const RequestedConfigurationSchema = z.object({
  requiresAuth: z
    .boolean()
    .optional()
    .describe("True: sign in. False: do not, even where a log-in is known. Left out: where one is known."),
  authMethod: z.string().max(50).optional().describe("Only `form` is known."),
  authCredentials: z
    .object({
      username: z.string().max(500).optional(),
      password: z.string().max(500).optional(),
      totpSecret: z
        .string()
        .max(2_000)
        .optional()
        .describe("Of one-time codes: Base32 text or an otpauth://totp address."),
    })
    .nullable()
    .optional()
    .describe("Sealed and kept with the portal, for its own origin only. Never shown again and never logged."),
  loginUrl: z
    .string()
    .max(8_000)
    .optional()
    .describe("The page with the log-in form. Only with authCredentials; its origin may get them too."),
  ...kept,
  navigationHints: z.object(hintNames).optional(),
  knownSelectors: z.object(hintNames).optional().describe("Another name for navigationHints."),
});
export type RequestedConfiguration = z.infer<typeof RequestedConfigurationSchema>;

/** What this program can do beyond what every installation can. */
export interface Abilities {
  /** A model is configured that can judge what was said in words. */
  readonly mayInstruct: boolean;
}

/**
 * Keeps of a requested configuration what may be kept.
 * @throws NotSupportedYet for another way to log in than by form, and for instructions without a model.
 */
export function acceptConfiguration(
  requested: RequestedConfiguration,
  { mayInstruct }: Abilities = { mayInstruct: false },
): PortalConfiguration {
  const instructions = requested.customInstructions?.trim() ?? "";
  const unsupported = [
    ...(requested.authMethod && requested.authMethod !== "form" ? ["authMethod"] : []),
    ...(instructions !== "" && !mayInstruct ? ["customInstructions"] : []),
  ];
  if (unsupported.length > 0) throw new NotSupportedYet(unsupported);
  const { requiresAuth, navigationPattern, maxPages, details, rateLimit, documents } = requested;
  const { inputs, reading, reviewBelow } = requested;
  const navigationHints = hintsOf(requested);
  const customInstructions = instructions === "" ? undefined : instructions;
  const said = {
    ...(inputs === undefined ? {} : { inputs }),
    ...(reading === undefined ? {} : { reading }),
    ...(reviewBelow === undefined ? {} : { reviewBelow }),
  };
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
  return requiresAuth === undefined ? accepted : { requiresAuth, ...accepted };
}

/** The log-in that a configuration brings; null where it brings none. @throws CredentialsIncomplete */
export function logInOf({ authCredentials, loginUrl }: RequestedConfiguration): LogInWish | null {
  const { username = "", password = "", totpSecret } = authCredentials ?? {};
  if (username === "" && password === "" && !totpSecret && !loginUrl) return null;
  if (username === "" || password === "") throw new CredentialsIncomplete();
  return { username, password, totp: totpSecret === "" ? undefined : totpSecret, loginUrl };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function hintsOf({ knownSelectors, navigationHints }: RequestedConfiguration): PortalConfiguration["navigationHints"] {
  if (!knownSelectors && !navigationHints) return undefined;
  const [hints, known] = [navigationHints ?? {}, knownSelectors ?? {}].map(underOneName);
  return {
    opportunityListSelector: hints?.opportunityListSelector ?? known?.opportunityListSelector,
    nextButtonSelector: hints?.nextButtonSelector ?? known?.nextButtonSelector,
    detailLinkSelector: hints?.detailLinkSelector ?? known?.detailLinkSelector,
  };
}

type RequestedHints = NonNullable<RequestedConfiguration["navigationHints"]>;

function underOneName(hints: RequestedHints): NonNullable<PortalConfiguration["navigationHints"]> {
  return {
    opportunityListSelector: hints.opportunityListSelector ?? hints.opportunityList,
    nextButtonSelector: hints.nextButtonSelector ?? hints.nextButton ?? hints.loadMoreButton,
    detailLinkSelector: hints.detailLinkSelector ?? hints.detailLink,
  };
}
