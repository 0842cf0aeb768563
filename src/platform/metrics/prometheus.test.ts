import { expect, test } from "vitest";
import { MetricRedeclared } from "./errors.ts";
import { createPrometheus } from "./prometheus.ts";

test("counters, gauges and histograms are rendered as Prometheus reads them", async () => {
  const { telemetry, render } = createPrometheus({ processMetrics: false });
  const pages = telemetry.counter("pages_total", { help: "Pages.", labels: ["outcome"] });
  pages.add(2, { outcome: "ok" });
  pages.add();
  telemetry.gauge("queue_length", { help: "Waiting." }).set(7);
  telemetry.histogram("took_seconds", { help: "Took.", buckets: [1, 10] }).observe(3);

  const { contentType, text } = await render();

  expect(contentType).toContain("text/plain");
  expect(text).toContain('pages_total{outcome="ok"} 2');
  expect(text).toContain('pages_total{outcome=""} 1');
  expect(text).toContain("queue_length 7");
  expect(text).toContain('took_seconds_bucket{le="10"} 1');
});

test("asking twice for a metric gives the same one", async () => {
  const { telemetry, render } = createPrometheus({ processMetrics: false });
  telemetry.counter("twice_total", { help: "Twice." }).add();
  telemetry.counter("twice_total", { help: "Twice." }).add();

  expect((await render()).text).toContain("twice_total 2");
});

test("another metric of the same name is a mistake", () => {
  const { telemetry } = createPrometheus({ processMetrics: false });
  telemetry.counter("name", { help: "Name.", labels: ["a"] });

  expect(() => telemetry.counter("name", { help: "Name.", labels: ["b"] })).toThrow(MetricRedeclared);
  expect(() => telemetry.gauge("name", { help: "Name." })).toThrow(MetricRedeclared);
});

test("a label has what values it was declared for, and not without end", async () => {
  const { telemetry, render } = createPrometheus({ processMetrics: false, maxLabelValues: 3 });
  const counter = telemetry.counter("bounded_total", { help: "Bounded.", labels: ["host"] });
  for (let n = 0; n < 10; n += 1) counter.add(1, { host: `host-${n}`, undeclared: String(n) });

  const { text } = await render();

  expect(text).not.toContain("undeclared");
  expect(text.match(/^bounded_total\{/gm)).toHaveLength(4);
  expect(text).toContain('bounded_total{host="other"} 7');
});

test("the process itself is measured", async () => {
  expect((await createPrometheus().render()).text).toContain("process_resident_memory_bytes");
});
