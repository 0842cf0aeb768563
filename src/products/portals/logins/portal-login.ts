import { LogInFailed, type LogInRefusal } from "#engines/harvest";
import { LogInUnsafeAddress } from "../errors.ts";

/** What a portal's owner gave for signing in. Lives sealed; opened for a try, and forgotten after it. */
export interface PortalSecrets {
  readonly username: string;
  readonly password: string;
  /** `otpauth://` address of the one-time codes; null where the account has none. */
  readonly otp: string | null;
}

/** `untried` → `accepted` ⇄ `refused`: out of `refused` only a person leads. */
export type LogInState =
  { readonly status: "untried" | "accepted" } | { readonly status: "refused"; readonly why: LogInRefusal };

/** All of a portal's log-in that is no secret. */
export interface PortalLogIn {
  readonly portalId: string;
  /** What may be shown of the user name. */
  readonly usernameHint: string;
  readonly hasCodes: boolean;
  readonly url: string | null;
  /** Origins that may get the secrets, settled when these were given: a portal that moves does not take them along. */
  readonly origins: readonly string[];
  readonly state: LogInState;
  /** Tries that were begun and never ended: their worker was lost, or the portal did not answer. */
  readonly openTries: number;
  readonly triedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly hasSession: boolean;
  readonly sessionUntil: Date | null;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/**
 * After so many unanswered tries a person has to look: a portal counts them even where its answer got lost. What was never
 * accepted may be wrong, and is not sent again.
 */
const MOST_OPEN_TRIES = { untried: 1, accepted: 2 } as const;
/** Longer than any try lasts: whoever began it is gone. */
const TRY_LASTS_MS = 150_000;

/** Whether a try may begin now. `wait`: another job is at it. @throws LogInFailed */
export function mayTry({ state, openTries, triedAt }: PortalLogIn, now: Date): "go" | "wait" {
  if (state.status === "refused") throw refusedBefore(state.why);
  if (openTries === 0) return "go";
  if (triedAt && now.getTime() - triedAt.getTime() < TRY_LASTS_MS) return "wait";
  if (openTries >= MOST_OPEN_TRIES[state.status]) throw refusedBefore("unanswered");
  return "go";
}

function refusedBefore(why: LogInRefusal): LogInFailed {
  return new LogInFailed(
    why === "unsafe" ? "no_form" : why,
    "That was so before, and one more try could lock the account.",
  );
}

/** A person says that it may be tried again. */
export function allowedAgain(login: PortalLogIn): PortalLogIn {
  return { ...login, state: { status: "untried" }, openTries: 0 };
}

/** The origins that secrets for a portal may go to: its own, and its log-in page's. @throws LogInUnsafeAddress */
export function originsFor(portalUrl: string, logInUrl: string | null): string[] {
  const addresses = [portalUrl, ...(logInUrl === null ? [] : [logInUrl])];
  return [...new Set(addresses.map(originOf))];
}

/** Whether secrets that were given for these origins may be used at an address. */
export function isFor({ origins }: Pick<PortalLogIn, "origins">, url: string): boolean {
  return origins.includes(URL.parse(url)?.origin ?? "null");
}

/** Enough to tell accounts apart, too little to sign in with. */
export function hintOf(username: string): string {
  const at = username.lastIndexOf("@");
  const name = at > 0 ? username.slice(0, at) : username;
  const domain = at > 0 ? username.slice(at) : "";
  return `${[...name].length > 3 ? [...name][0] : ""}…${domain}`;
}

function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw new LogInUnsafeAddress();
  return parsed.origin;
}
