import { AppError } from "#kernel";

export class PasswordsDiffer extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "passwords_differ",
      message: "The two passwords are not the same. Start the command again and type the same twice.",
    });
  }
}

export class PasswordMissing extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "password_missing",
      message:
        "There is no password on standard input. Type one at a terminal, pipe one in as a line, or let one be made with --generate.",
    });
  }
}

export class NothingToHarvest extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "nothing_to_harvest",
      message:
        "Say what to harvest: the address of a listing, --recipe, --resume, or --addresses. --help shows examples.",
    });
  }
}

/** Nobody who reads the output is told, so the person at the terminal is. */
export class OutputFailed extends AppError {
  constructor(cause: Error) {
    super({
      kind: "unavailable",
      code: "output_failed",
      message: `The output cannot be written: ${cause.message}. What was found is kept: make room, or let it go elsewhere, and ask again; a harvest with --resume and its run.`,
      cause,
    });
  }
}
