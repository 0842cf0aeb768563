import { AppError } from "#kernel";

export class MetricRedeclared extends AppError {
  constructor(name: string) {
    super({
      kind: "internal",
      code: "metric_redeclared",
      message: `The metric ${name} is declared twice, with different kinds or labels. Give one of them another name.`,
      details: { name },
    });
  }
}
