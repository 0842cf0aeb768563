import { AppError } from "#kernel";

export class InvalidRecipe extends AppError {
  constructor(problems: readonly string[]) {
    super({
      kind: "invalid",
      code: "invalid_recipe",
      message: `The recipe is not valid: ${problems.slice(0, 10).join("; ")}. Correct these keys; docs/guides/recipes.md explains each.`,
      details: { problems: problems.slice(0, 100) },
    });
  }
}
