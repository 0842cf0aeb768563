import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const { api } = await openTestApi({ settings: { version } });
const reply = await api.inject({ url: "/openapi.json" });
const document = reply.json();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
);

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  requestBody?: object;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

test("the committed openapi.json is what the API produces (npm run openapi writes it)", async () => {
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot("../../openapi.json");
});

test("the rules below see the routes", () => {
  expect(operations.length).toBeGreaterThan(30);
});

test("every operation has a name of its own, a summary and a tag", () => {
  const names = operations.map(({ operation }) => operation.operationId);

  expect(new Set(names).size).toBe(operations.length);
  expect(
    operations.filter(({ operation }) => !operation.operationId || !operation.summary || !operation.tags?.length),
  ).toEqual([]);
});

test("every operation says which key it needs, or that it needs none", () => {
  const open = operations.filter(({ operation }) => operation.security?.length === 0).map(({ path }) => path);

  expect(operations.filter(({ operation }) => operation.security === undefined)).toEqual([]);
  expect([...new Set(open)].sort()).toEqual([
    "/api/v1/recipes/schema",
    "/api/v1/session",
    "/api/v1/session/set-up",
    "/health",
    "/healthz",
    "/metrics",
    "/unsubscribe/{token}",
  ]);
});

test("every value in an address is described", () => {
  const undescribed = operations.filter(({ path, operation }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const described = (operation.parameters ?? []).filter((each) => each.in === "path").map(({ name }) => name);
    return named.some((name) => name !== undefined && !described.includes(name));
  });

  expect(undescribed).toEqual([]);
});

test("every operation describes its answer, and refuses in one shape", () => {
  for (const { path, operation } of operations) {
    const statuses = Object.keys(operation.responses);
    expect(
      statuses.some((status) => status.startsWith("2") || status === "101"),
      path,
    ).toBe(true);
    for (const status of ["400", "404", "500"]) {
      const schema = operation.responses[status]?.content?.["application/json"]?.schema;
      expect(JSON.stringify(schema), `${path} ${status}`).toContain("#/components/schemas/Error");
    }
  }
});

test("the documentation page works without the network", async () => {
  const page = await api.inject({ url: "/docs" });

  expect(page.statusCode).toBe(200);
  expect(page.headers["content-security-policy"]).toContain("default-src 'self'");
  expect(page.body).not.toMatch(/(src|href)="https?:/);
});
