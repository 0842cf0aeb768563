import { AppError } from "#kernel";
import type { LogInRefusal } from "./log-in.ts";

type Failure = Exclude<LogInRefusal, "unsafe">;

const SAYS: Readonly<Record<Failure, string>> = {
  refused: "The portal did not accept the user name or the password.",
  code_refused: "The portal did not accept the one-time code. Its clock or its secret may be another.",
  code_missing: "The portal asks for a one-time code, and no secret for codes was given.",
  not_kept: "The portal took the log-in, but asks for it again on the next page.",
  no_form: "No log-in form was found.",
  unanswered: "A log-in was sent and its answer got lost, so that nobody knows whether the portal accepted it.",
  blocked: "The account is locked, or has to be cleared by a person.",
};

/** The portal does not let us in. Never retried by itself: a second wrong password may lock the account. */
export class LogInFailed extends AppError {
  readonly why: Failure;

  constructor(why: Failure, detail = "") {
    super({
      kind: "forbidden",
      code: "login_failed",
      message:
        `${SAYS[why]}${detail === "" ? "" : ` ${detail}`} ` +
        "It is not tried again by itself. Check the log-in of this portal, test it, then resume the portal.",
      details: { why },
    });
    this.why = why;
  }
}

/** The form would give the password to somebody else. Nothing was typed. */
export class LogInUnsafe extends AppError {
  readonly why = "unsafe";

  constructor(detail: string) {
    super({
      kind: "forbidden",
      code: "login_unsafe",
      message: `The log-in form stands on, or leads to, an address that may not get the password. ${detail}`,
      details: { why: "unsafe" },
    });
  }
}

/** A form was sent and no answer came: nobody knows whether the portal let us in. */
export class LogInUnclear extends AppError {
  constructor(status: number) {
    super({
      kind: "unavailable",
      code: "login_unclear",
      message: `The portal answered the log-in with status ${status}. Whether it counted is not known. Try again later.`,
      details: { status },
    });
  }
}
