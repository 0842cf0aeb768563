import { findLogIn, type LogInForm } from "#engines/extraction";
import type { HarvestWall } from "../harvest-request.ts";
import { LogInFailed, LogInUnclear, LogInUnsafe } from "./errors.ts";
import type { Credentials, LogIn } from "./log-in.ts";
import { asksToSignIn, originsOf, saysLocked, saysWrong, wallBeforeLogIn } from "./verdict.ts";
import type { LogInPage, LogInVisitor, Typed } from "./visitor.ts";

const MOST_STEPS = 6;

/** What became of going through the forms of a log-in. */
export type LogInOutcome =
  | { readonly kind: "in" }
  /** Only a person gets on from here. */
  | { readonly kind: "wall"; readonly wall: HarvestWall; readonly at: LogInPage }
  /** The form needs scripts. Nothing was typed yet. */
  | { readonly kind: "needs browser" };

export interface GoThroughOptions {
  /** Where the form is looked for. */
  readonly url: string;
  readonly logIn: LogIn;
  /** Whether a secret may go to this origin: it is the portal's, and safe from listeners. */
  readonly mayGetSecrets: (origin: string) => boolean;
  readonly signal: AbortSignal;
}

/**
 * Goes through the steps of a log-in, each of them at most once: name, password, one-time code, on one page or several. What
 * was refused is never typed again. Throws `login_failed`, `login_unsafe`, `login_unclear`.
 */
export async function goThrough(visitor: LogInVisitor, options: GoThroughOptions): Promise<LogInOutcome> {
  const { url, logIn, signal } = options;
  const asked = new Set<keyof Typed>();
  let credentials: Credentials | null = null;
  let at = await visitor.open(url);
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const stop = judge(at, asked);
    if (stop) return stop;
    const form = findLogIn(at.page);
    if (!form || (asked.has("password") && !isStillAsking(form, at))) {
      if (asked.has("password")) return { kind: "in" };
      throw new LogInFailed("no_form", `Looked for it at ${originOf(at.url)}.`);
    }
    refuseRepetition(form, asked);
    const outside = originsOf(form, at).find((origin) => !options.mayGetSecrets(origin));
    if (outside !== undefined) throw new LogInUnsafe(unsafeDetail(outside, logIn));
    if (!visitor.canSend(form, at)) return { kind: "needs browser" };
    credentials ??= await logIn.begin(signal);
    const typed = await valuesFor(form, credentials, at, signal);
    for (const name of ["username", "password", "code"] as const) if (typed[name] !== null) asked.add(name);
    at = await visitor.send(form, typed, at);
    if (at.status >= 500) throw new LogInUnclear(at.status);
  }
  throw new LogInFailed("not_kept");
}

/** What an answer says before anything more is typed. */
function judge(at: LogInPage, asked: ReadonlySet<keyof Typed>): LogInOutcome | null {
  if (asked.size > 0 && saysLocked(at))
    return {
      kind: "wall",
      at,
      wall: {
        kind: "login",
        url: at.url,
        message: "The portal has locked the account or asks to wait. A person has to clear it.",
      },
    };
  const wall = wallBeforeLogIn(at);
  if (wall) return { kind: "wall", at, wall };
  if (asked.has("password") && saysWrong(at)) throw new LogInFailed(asked.has("code") ? "code_refused" : "refused");
  return null;
}

/** A log-in box in the header of the page behind is no new question. */
function isStillAsking(form: LogInForm, at: LogInPage): boolean {
  return form.asks === "code" || asksToSignIn(at);
}

function refuseRepetition(form: LogInForm, asked: ReadonlySet<keyof Typed>): void {
  const field = form.asks === "code" ? "code" : form.asks === "name" ? "username" : "password";
  if (asked.has(field)) throw new LogInFailed(asked.has("code") ? "code_refused" : "refused");
}

async function valuesFor(
  { asks }: LogInForm,
  { username, password, code }: Credentials,
  { servedAt }: LogInPage,
  signal: AbortSignal,
): Promise<Typed> {
  const nothing: Typed = { username: null, password: null, code: null };
  if (asks === "both") return { ...nothing, username, password };
  if (asks === "name") return { ...nothing, username };
  if (asks === "password") return { ...nothing, password };
  if (!code) throw new LogInFailed("code_missing");
  return { ...nothing, code: await code(servedAt, signal) };
}

function unsafeDetail(origin: string, { origins }: LogIn): string {
  const allowed = origins.join(", ");
  if (origins.includes(origin)) return `${origin} is not encrypted: passwords go over https only.`;
  return `It is at ${origin}; the password is for ${allowed}. If that is right, give the log-in page's address with the password.`;
}

function originOf(url: string): string {
  return URL.parse(url)?.origin ?? "an unreadable address";
}
