import { AppError } from "#kernel";

/** The program cannot start as it is configured. Every problem is listed, each with the variable's name. */
export class InvalidConfig extends AppError {
  constructor(problems: readonly string[]) {
    super({
      kind: "invalid",
      code: "invalid_config",
      message: `The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nSet these in the environment or in .env; .env.example explains each one.`,
      details: { problems },
    });
  }
}
