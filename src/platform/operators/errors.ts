import { AppError } from "#kernel";

export class KeyNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "key_not_found",
      message: `There is no API key ${id}. List the keys to see their ids.`,
      details: { id },
    });
  }
}

export class AttentionNotFound extends AppError {
  constructor(id: string) {
    super({
      kind: "not-found",
      code: "attention_not_found",
      message: `There is no item ${id} in the queue for people. List the open ones to see their ids.`,
      details: { id },
    });
  }
}

export class AttentionTaken extends AppError {
  constructor(id: string, claimedBy: string) {
    super({
      kind: "conflict",
      code: "attention_taken",
      message: `${claimedBy} is already at work on ${id}. Talk to them, or take it over on purpose.`,
      details: { id, claimedBy },
    });
  }
}

export class AttentionResolved extends AppError {
  constructor(id: string) {
    super({
      kind: "conflict",
      code: "attention_resolved",
      message: `${id} has been resolved already; nothing is left to do.`,
      details: { id },
    });
  }
}

export class BadUserName extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "bad_user_name",
      message: "An account needs a name or an e-mail address: at most 200 characters, without blanks.",
    });
  }
}

export class UserExists extends AppError {
  constructor(name: string) {
    super({
      kind: "conflict",
      code: "user_exists",
      message: `There is an account ${name} already. Choose another name, or enable the one that is there.`,
      details: { name },
    });
  }
}

export class UserNotFound extends AppError {
  constructor(user: string) {
    super({
      kind: "not-found",
      code: "user_not_found",
      message: `There is no account ${user}. List the users to see who has one.`,
      details: { user },
    });
  }
}

/** Nobody could let anybody in any more. */
export class LastAdmin extends AppError {
  constructor(name: string) {
    super({
      kind: "conflict",
      code: "last_admin",
      message: `${name} is the last admin who can sign in. Make another account an admin first.`,
      details: { name },
    });
  }
}

export class PasswordTooWeak extends AppError {
  constructor(shortest: number) {
    super({
      kind: "invalid",
      code: "password_too_weak",
      message: `This password is too easy to guess. Use at least ${shortest} characters, at least five different ones, without your name; four words in a row do well.`,
      details: { shortest },
    });
  }
}

/** Not "unauthenticated": the person stays signed in. */
export class PasswordWrong extends AppError {
  constructor() {
    super({
      kind: "forbidden",
      code: "password_wrong",
      message: "The current password is not right. Type it again; an admin can set a new one.",
    });
  }
}

/** Does not say whether there is such an account. */
export class SignInFailed extends AppError {
  constructor() {
    super({
      kind: "unauthenticated",
      code: "sign_in_failed",
      message: "No account opens with this name and password. Check both; an admin can set a new password.",
    });
  }
}

export class SignInTooOften extends AppError {
  constructor(retryAfterSeconds: number) {
    super({
      kind: "exhausted",
      code: "sign_in_too_often",
      message: `Too many wrong passwords. Try again in ${retryAfterSeconds} s.`,
      details: { retryAfterSeconds },
    });
  }
}

export class SignInBusy extends AppError {
  constructor() {
    super({
      kind: "unavailable",
      code: "sign_in_busy",
      message: "Too many people sign in at this moment. Try again in a few seconds.",
    });
  }
}

export class SetUpRefused extends AppError {
  constructor() {
    super({
      kind: "forbidden",
      code: "set_up_refused",
      message:
        "This code does not set up anything: it is not the one that the server printed, or there is an account already. `gleaner users add` makes further ones.",
    });
  }
}
