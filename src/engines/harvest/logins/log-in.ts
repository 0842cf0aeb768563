import type { SessionState } from "./session-state.ts";

/** What is typed into a log-in form. Never logged, stored, or shown to a model. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /**
   * A one-time code that was never given out before; null where the account has none. Given the server's clock, as its last
   * answer told it.
   */
  readonly code: ((servedAt: Date | null, signal: AbortSignal) => Promise<string>) | null;
}

/** Why a portal did not let us in. None of them passes by itself: trying again is a person's decision. */
export type LogInRefusal =
  "refused" | "code_refused" | "code_missing" | "not_kept" | "unsafe" | "no_form" | "blocked" | "unanswered";

/**
 * How a call proves who it is at a portal. Whoever passes it in keeps the secrets and counts the tries; it lives as long as
 * the job, through learning, harvesting and healing.
 */
export interface LogIn {
  /** Origins whose forms may get the credentials: the portal's own, and that of the log-in page an operator named. */
  readonly origins: readonly string[];
  /** Where the log-in form is; null: where the portal sends who is not signed in. */
  readonly url: string | null;
  /** Cookies and local storage of who is signed in; null while nobody is. */
  readonly session: SessionState | null;
  /** Asked right before credentials are typed. Throws `login_failed` when one more try could lock the account. */
  begin(signal: AbortSignal): Promise<Credentials>;
  /** The portal let us in, or renewed what it had given. */
  keep(session: SessionState): Promise<void>;
  /** A page without the secrets, should the portal repeat them in it. */
  redacted(bytes: Uint8Array): Uint8Array;
  /** The portal did not. */
  refused(why: LogInRefusal): Promise<void>;
}
