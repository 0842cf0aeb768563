import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Telemetry } from "#kernel";
import { LabelBounds } from "./label-bounds.ts";
import { MetricRedeclared } from "./errors.ts";

const DURATION_BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export interface PrometheusOptions {
  /** Memory, event loop, file handles and so on. True by default. */
  processMetrics?: boolean;
  /** Different values that one label may take before the rest is counted as `other`. */
  maxLabelValues?: number;
}

export interface Prometheus {
  telemetry: Telemetry;
  /** All measurements as Prometheus reads them. */
  render(): Promise<{ contentType: string; text: string }>;
}

interface Declared {
  name: string;
  help: string;
  labelNames: string[];
}

/**
 * Telemetry for Prometheus. A metric has the labels it was declared with and no others, and each label takes a bounded number
 * of values: a label that was given addresses or ids by mistake must not fill the memory here and in the server.
 */
export function createPrometheus(options: PrometheusOptions = {}): Prometheus {
  const { processMetrics = true, maxLabelValues = 100 } = options;
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const metrics = new Map<string, { declared: string; metric: unknown }>();

  function once<Metric>(kind: string, { name, labelNames }: Declared, create: () => Metric): Metric {
    const declared = `${kind} ${labelNames.toSorted().join()}`;
    const known = metrics.get(name);
    if (known && known.declared !== declared) throw new MetricRedeclared(name);
    const metric = known ? (known.metric as Metric) : create();
    metrics.set(name, { declared, metric });
    return metric;
  }

  const telemetry: Telemetry = {
    counter(name, { help, labels = [] }) {
      const declared = { name, help, labelNames: [...labels] };
      return once("counter", declared, () => {
        const counter = new Counter({ ...declared, registers: [registry] });
        const bounds = new LabelBounds(labels, maxLabelValues);
        return { add: (amount = 1, values = {}) => counter.inc(bounds.apply(values), amount) };
      });
    },
    gauge(name, { help, labels = [] }) {
      const declared = { name, help, labelNames: [...labels] };
      return once("gauge", declared, () => {
        const gauge = new Gauge({ ...declared, registers: [registry] });
        const bounds = new LabelBounds(labels, maxLabelValues);
        return { set: (value, values = {}) => gauge.set(bounds.apply(values), value) };
      });
    },
    histogram(name, { help, labels = [], buckets = DURATION_BUCKETS }) {
      const declared = { name, help, labelNames: [...labels] };
      return once("histogram", declared, () => {
        const histogram = new Histogram({ ...declared, buckets: [...buckets], registers: [registry] });
        const bounds = new LabelBounds(labels, maxLabelValues);
        return { observe: (value, values = {}) => histogram.observe(bounds.apply(values), value) };
      });
    },
  };
  return {
    telemetry,
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
