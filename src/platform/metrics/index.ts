export { createPrometheus, type Prometheus, type PrometheusOptions } from "./prometheus.ts";
export { MetricRedeclared } from "./errors.ts";
