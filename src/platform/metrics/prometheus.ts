import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Counter as CounterPort, Gauge as GaugePort, Histogram as HistogramPort, Telemetry } from "#kernel";
import { LabelBounds } from "./label-bounds.ts";
import { MetricSet } from "./metric-set.ts";

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

/**
 * Telemetry for Prometheus. A metric has the labels it was declared with and no others, and each label takes a bounded number
 * of values: a label that was given addresses or ids by mistake must not fill the memory here and in the server.
 */
export function createPrometheus(options: PrometheusOptions = {}): Prometheus {
  const { processMetrics = true, maxLabelValues = 100 } = options;
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const names = new Map<string, string>();
  const counters = new MetricSet<CounterPort>("counter", names);
  const gauges = new MetricSet<GaugePort>("gauge", names);
  const histograms = new MetricSet<HistogramPort>("histogram", names);
  const telemetry: Telemetry = {
    counter: (name, { help, labels = [] }) =>
      counters.get(name, labels, () => {
        const counter = new Counter({ name, help, labelNames: [...labels], registers: [registry] });
        const bounds = new LabelBounds(labels, maxLabelValues);
        return { add: (amount = 1, values = {}) => counter.inc(bounds.apply(values), amount) };
      }),
    gauge: (name, { help, labels = [] }) =>
      gauges.get(name, labels, () => {
        const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
        const bounds = new LabelBounds(labels, maxLabelValues);
        return { set: (value, values = {}) => gauge.set(bounds.apply(values), value) };
      }),
    histogram: (name, { help, labels = [], buckets = DURATION_BUCKETS }) =>
      histograms.get(name, labels, () => {
        const settings = { name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] };
        const histogram = new Histogram(settings);
        const bounds = new LabelBounds(labels, maxLabelValues);
        return { observe: (value, values = {}) => histogram.observe(bounds.apply(values), value) };
      }),
  };
  return {
    telemetry,
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
