import { MetricRedeclared } from "./errors.ts";

/** The metrics of one kind by name. Asking twice for one gives the same; asking for another under its name is a mistake. */
export class MetricSet<Metric> {
  readonly #kind: string;
  readonly #names: Map<string, string>;
  readonly #metrics = new Map<string, Metric>();

  /** `names` is shared between the kinds. */
  constructor(kind: string, names: Map<string, string>) {
    this.#kind = kind;
    this.#names = names;
  }

  get(name: string, labels: readonly string[], create: () => Metric): Metric {
    const declared = `${this.#kind} ${labels.toSorted().join()}`;
    if ((this.#names.get(name) ?? declared) !== declared) throw new MetricRedeclared(name);
    this.#names.set(name, declared);
    const metric = this.#metrics.get(name) ?? create();
    this.#metrics.set(name, metric);
    return metric;
  }
}
