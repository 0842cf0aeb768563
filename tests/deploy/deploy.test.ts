import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { createApp } from "#app/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { metricNamesIn } from "./metric-names.ts";

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
}

const read = (path: string): Promise<string> => readFile(join("deploy", path), "utf8");
const alerts: Alert[] = parse(await read("monitoring/alerts.yml")).groups[0].rules;
const panels: { title: string; targets: { expr: string }[] }[] = JSON.parse(
  await read("monitoring/grafana/gleaner.json"),
).panels;
const guide = await readFile("docs/guides/operations.md", "utf8");

const folder = await makeDataFolder("deploy");
const overrides = { GLEANER_DATA_DIR: folder, API_PORT: "0" };
const app = await createApp({ config: loadConfig({ folder, environment: {}, overrides }), logger: silentLogger });
const measured = await (await fetch(`${app.url}/metrics`)).text();
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Section 10.1 of the procurement document. */
const DOCUMENTED = {
  scrape_jobs_total: "counter",
  scrape_jobs_success: "counter",
  scrape_jobs_failed: "counter",
  scrape_duration_seconds: "histogram",
  opportunities_extracted: "counter",
  pages_scraped: "counter",
  llm_tokens_used: "counter",
  llm_latency_seconds: "histogram",
  browser_instances_active: "gauge",
  errors_by_type: "counter",
} as const;

test("every documented metric is there under its exact name and type, before anything was scraped and without a model", () => {
  expect(kindsIn(measured)).toMatchObject(DOCUMENTED);
});

test("every metric of the dashboard and of the alerts is measured by the program that runs", () => {
  const queries = [
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...alerts.map(({ expr }) => expr),
  ];
  const names = [...new Set(queries.flatMap(metricNamesIn))].map((name) => name.replace(/_(bucket|count|sum)$/, ""));

  expect(names.filter((name) => !(name in kindsIn(measured)))).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});

test("the dashboard shows every documented metric", () => {
  const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricNamesIn(expr))).join(" ");

  expect(Object.keys(DOCUMENTED).filter((name) => !shown.includes(name) && name !== "scrape_jobs_total")).toEqual([]);
});

test("the names in a query are told from its functions, labels and numbers", () => {
  const query =
    'histogram_quantile(0.95, sum by (le, provider) (rate(a_bucket{x="y"}[5m]))) > 1e6 unless sum(increase(b[1h])) > 0';

  expect(metricNamesIn(query)).toEqual(["a_bucket", "b"]);
});

test("every alert is tested, has a severity, and the guide says what to do about it", async () => {
  const { tests } = parse(await read("monitoring/alerts.test.yml"));
  const cases: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[] = tests;
  const tried = cases.flatMap(({ alert_rule_test }) => alert_rule_test);

  for (const { alert, labels } of alerts) {
    const expected = tried.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts.length);
    expect(expected.sort(), alert).toEqual([0, 1]);
    expect(["page", "ticket"]).toContain(labels.severity);
    expect(guide).toContain(`\`${alert}\``);
  }
});

test("pods have probes and limits, no root and no secret of their own", async () => {
  for (const name of ["api.yaml", "browser-agent.yaml"]) {
    const [deployment, service, budget] = parseAllDocuments(await read(`kubernetes/${name}`)).map((each) =>
      each.toJS(),
    );
    const { spec } = deployment.spec.template;
    const [container] = spec.containers;

    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.livenessProbe.httpGet.path).toBe("/healthz");
    expect(container.readinessProbe.httpGet.path).toBe("/health");
    expect(Object.keys(container.resources.limits)).toEqual(["memory", "cpu"]);
    for (const variable of container.env) expect(Object.keys(variable), variable.name).toEqual(["name", "valueFrom"]);
    for (const each of [deployment.spec.selector.matchLabels, service.spec.selector, budget.spec.selector.matchLabels])
      expect(each).toEqual({ app: deployment.metadata.name });
  }
});

test("pods are set by names that Gleaner knows", async () => {
  const settings = await readFile(".env.example", "utf8");
  const { data } = parse(await read("kubernetes/config.yaml"));
  const [deployment] = parseAllDocuments(await read("kubernetes/browser-agent.yaml")).map((each) => each.toJS());
  const variables = deployment.spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name);

  expect([...Object.keys(data), ...variables].filter((name) => !settings.includes(`#${name}=`))).toEqual([]);
});

test("the proxy speaks TLS only, keeps to its list, and lets streams and sockets through", async () => {
  const text = await read("nginx/nginx.conf");
  const location = (pattern: string): string => text.split(pattern)[1]?.split("\n    }")[0] ?? "";

  expect(text).toMatch(/listen 8080;\s+return 308 https:/);
  expect(text).toContain("ssl_protocols TLSv1.2 TLSv1.3;");
  expect(text).toMatch(/include allow\.conf;\s+deny all;/);
  expect(location("location = /metrics")).toContain("deny all;");
  expect(location("(events|stream)$")).toMatch(/proxy_buffering off;[^]*proxy_read_timeout 1h;/);
  expect(location("/live$")).toMatch(/Upgrade \$http_upgrade;\s+proxy_set_header Connection \$connection_upgrade;/);
  expect(location("location / {")).toContain("limit_req zone=clients");
});

function kindsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", kind = ""]) => [name, kind]),
  );
}
