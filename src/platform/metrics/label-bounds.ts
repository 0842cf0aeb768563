const LONGEST_VALUE = 120;

/** Keeps to the labels that a metric declared, and to a bounded number of values for each. */
export class LabelBounds {
  readonly #seen: ReadonlyMap<string, Set<string>>;
  readonly #most: number;

  constructor(labels: readonly string[], most: number) {
    this.#seen = new Map(labels.map((label) => [label, new Set()]));
    this.#most = most;
  }

  /** Undeclared labels are left out, missing ones are empty, and values beyond the bound are `other`. */
  apply(values: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      [...this.#seen].map(([label, seen]) => [label, this.#bounded(seen, values[label] ?? "")]),
    );
  }

  #bounded(seen: Set<string>, value: string): string {
    const short = value.slice(0, LONGEST_VALUE);
    if (seen.has(short)) return short;
    if (seen.size >= this.#most) return "other";
    seen.add(short);
    return short;
  }
}
