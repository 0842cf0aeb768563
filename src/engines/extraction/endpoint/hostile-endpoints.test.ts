import { expect, test } from "vitest";
import { InvalidRecipe } from "../errors.ts";
import { recipeJsonSchema, upgradeRecipe } from "../recipe.ts";

const LIST = { containers: [], several: false, record: { unit: "element", shape: [], tags: ["script"], least: 0 } };

function withEndpoint(endpoint: Record<string, unknown>): unknown {
  return {
    format: 1,
    name: "Tenders",
    source: { url: "https://city.example.org/tenders" },
    learned: { at: null, by: "a person", confidence: 1 },
    entry: { url: "https://city.example.org/tenders" },
    transport: "browser",
    list: LIST,
    fields: [],
    pagination: { kind: "none", next: null, addresses: null },
    endpoint: { url: "https://city.example.org/api/tenders", list: LIST, fields: [], paging: null, ...endpoint },
    checks: { records: { min: 1, learned: 3 }, required: [] },
  };
}

function faultsOf(endpoint: Record<string, unknown>): string {
  try {
    upgradeRecipe(withEndpoint(endpoint));
    return "";
  } catch (error) {
    if (error instanceof InvalidRecipe) return error.message;
    throw error;
  }
}

const json = (value: unknown) => ({ method: "POST", body: { as: "json", text: JSON.stringify(value) } });

test.each<[string, Record<string, unknown>]>([
  ["a plain question", {}],
  ["a host below the same domain", { url: "https://api.example.org/v1/tenders?page=1" }],
  ["a posted search", json({ text: "", page: 1 })],
  ["a posted form", { method: "POST", body: { as: "form", text: "start=0&length=10" } }],
  ["a GraphQL query", json({ query: "query Open { tenders { title } }", variables: { after: null } })],
  ["a GraphQL query without a name", json({ query: '{ search(text: "mutation { x }") { title } } # mutation' })],
  ["headers of scripts", { headers: { accept: "application/json", "x-requested-with": "XMLHttpRequest" } }],
])("%s may be asked", (_, endpoint) => {
  expect(faultsOf(endpoint)).toBe("");
});

const READS = "endpoint.body: a request that only reads";

test.each<[string, Record<string, unknown>, string]>([
  ["PUT", { method: "PUT" }, "endpoint.method"],
  ["DELETE", { method: "DELETE" }, "endpoint.method"],
  ["a method with a line break", { method: "GET\r\nX: 1" }, "endpoint.method"],
  ["a body that GET would not send", { body: { as: "json", text: "{}" } }, "endpoint.body: nothing"],
  ["POST without a body", { method: "POST" }, "endpoint.body: what is posted"],
  ["a body that is too large", json("x".repeat(20_001)), "endpoint.body.text: at most 20000 characters"],
  ["a body that is no JSON", { method: "POST", body: { as: "json", text: "{" } }, "endpoint.body: text that is JSON"],
  ["a body of another kind", { method: "POST", body: { as: "xml", text: "<a/>" } }, "endpoint.body.as"],
  ["a header with a line break", { headers: { accept: "a\r\nHost: b" } }, "endpoint.headers.accept: one line"],
  ["a very long header", { headers: { accept: "a".repeat(301) } }, "endpoint.headers.accept: one line"],
  ["a header that carries a secret", { headers: { authorization: "Bearer x" } }, '"authorization"'],
  ["a cookie", { headers: { cookie: "session=1" } }, '"cookie"'],
  ["a GraphQL mutation", json({ query: "mutation { remove(id: 1) { id } }" }), READS],
  ["a mutation beside a query", json({ query: "query A { a } mutation B { b }", operationName: "B" }), READS],
  ["a mutation behind a comment", json({ query: "# {\nmutation { b }" }), READS],
  ["a mutation behind a text", json({ query: 'query A($a: S = "{") { a }\nmutation { b }' }), READS],
  ["a subscription", json({ query: "subscription { a }" }), READS],
  ["a batch of questions", json([{ query: "{ a }" }]), READS],
  ["a question that the server keeps", json({ extensions: { persistedQuery: { sha256Hash: "0" } } }), READS],
  [
    "an address that deletes",
    { ...json({ id: 1 }), url: "https://city.example.org/api/deleteTender" },
    "endpoint.body: a request that only reads",
  ],
  ["another site", { url: "https://victim.example.net/api" }, "endpoint.url: an address of the same site"],
  [
    "the same name below another suffix",
    { url: "https://city.example.co.uk/api" },
    "endpoint.url: an address of the same",
  ],
  [
    "a private address",
    { url: "http://169.254.169.254/latest/meta-data" },
    "endpoint.url: an address of the same site",
  ],
  ["a user name", { url: "https://me:pass@city.example.org/api" }, "endpoint.url: an http or https address"],
  ["a file", { url: "file:///etc/passwd" }, "endpoint.url: an http or https address"],
  ["a script", { url: "javascript:alert(1)" }, "endpoint.url: an http or https address"],
  [
    "a paging place that there is not",
    { paging: { by: "number", parameter: "page", in: "header", first: 1, step: 1, size: 10 } },
    "endpoint.paging.in",
  ],
  [
    "a paging step of nothing",
    { paging: { by: "number", parameter: "p", first: 1, step: 0, size: 1 } },
    "endpoint.paging.step",
  ],
  ["a key that there is not", { script: "alert(1)" }, '"script"'],
])("%s is refused by name", (_, endpoint, fault) => {
  expect(faultsOf(endpoint)).toContain(fault);
});

test("what is refused by more than its form is still told by the published schema", () => {
  expect(JSON.stringify(recipeJsonSchema())).toContain("x-requested-with");
});
