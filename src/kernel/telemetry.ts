/** A number that only grows. */
export interface Counter {
  add(amount?: number, labels?: Readonly<Record<string, string>>): void;
}

/** A number that goes up and down. */
export interface Gauge {
  set(value: number, labels?: Readonly<Record<string, string>>): void;
}

/** A distribution. Durations are in seconds, sizes in bytes. */
export interface Histogram {
  observe(value: number, labels?: Readonly<Record<string, string>>): void;
}

interface MetricOptions {
  help: string;
  labels?: readonly string[];
}

/** Where measurements go. Asking twice for one name gives the same metric. */
export interface Telemetry {
  counter(name: string, options: MetricOptions): Counter;
  gauge(name: string, options: MetricOptions): Gauge;
  histogram(name: string, options: MetricOptions & { buckets?: readonly number[] }): Histogram;
}

/** Measures nothing. For libraries used alone and for tests that do not look at metrics. */
export const noTelemetry: Telemetry = {
  counter: () => ({ add: () => undefined }),
  gauge: () => ({ set: () => undefined }),
  histogram: () => ({ observe: () => undefined }),
};
