import { readFileSync } from "node:fs";
import { beforeAll, expect, test, vi } from "vitest";
import { OpportunitySchema } from "#products/portals";
import { startDemoSite } from "#surfaces/demo";
import { openTestApi } from "./open-test-api.ts";

/**
 * What the procurement document spells out in its sections 3, 7, 10 and 11, name by name: paths, fields, states, metrics.
 * A field with a question mark may be absent from an answer, but not from openapi.json.
 */
const CONTRACT = {
  "POST /scrape": {
    request: "jobId url portalId configuration callbackUrl?",
    configuration: "requiresAuth authCredentials? navigationHints? maxPages? customInstructions?",
    authCredentials: "username? password?",
    navigationHints: "opportunityListSelector? nextButtonSelector? detailLinkSelector?",
    reply: "success jobId status message?",
  },
  "GET /status/{jobId}": {
    reply: "jobId status progress result? error?",
    progress: "currentPage totalPages? opportunitiesFound currentAction?",
    result: "opportunities interactions duration",
    error: "message type recoverable",
  },
  "GET /health": {
    reply: "status uptime activeBrowsers activeJobs lastJobAt? timestamp version checks completedJobs failedJobs",
    checks: "browser openai convex memory",
    browser: "status activeBrowsers maxBrowsers",
    openai: "status lastCallAt? circuitBreaker",
    convex: "status lastCallAt?",
    memory: "used total percentage",
  },
  "POST /cancel/{jobId}": { reply: "success jobId message" },
  Opportunity:
    "externalId? referenceNumber? title description? opportunityType? status? postedDate? closingDate? lastModified? " +
    "category? department? agency? estimatedValue? valueMin? valueMax? currency? contactName? contactEmail? contactPhone? " +
    "detailUrl? documents? rawText? sourceHtml? confidence extractedAt",
  document: "name url type?",
  Interaction: "step timestamp action description target? result error? screenshot? duration llmTokensUsed?",
  target: "type selector? visualDescription",
  actions: "navigate click scroll extract wait fill analyze",
  results: "success failure partial",
  scrapeStates: "queued started completed failed",
  jobStates: "queued in_progress completed failed",
  healthStates: "healthy degraded unhealthy",
  failureTypes:
    "navigation_timeout element_not_found page_crash captcha_detected auth_required rate_limited content_not_loaded " +
    "unexpected_state llm_error network_error",
  callback: "jobId success opportunities interactions pagesScraped duration tokensUsed error?",
  progressCallback: "jobId currentPage totalPages? opportunitiesFound currentAction?",
  metrics:
    "scrape_jobs_total scrape_jobs_success scrape_jobs_failed scrape_duration_seconds opportunities_extracted pages_scraped errors_by_type",
} as const;

/** What Gleaner adds to them. Whatever else appears is told here first: a name once given stays. */
const ADDED = {
  scrape: "priority",
  configuration:
    "authMethod loginUrl reading reviewBelow navigationPattern details rateLimit documents knownSelectors inputs",
  authCredentials: "totpSecret",
  navigationHints: "opportunityList nextButton detailLink loadMoreButton",
  status: "agentStatus completeness wall run attentionId",
  progress: "totalDeclared",
  error: "code",
  checks: "database",
  Opportunity: "classifications",
  callback: "portalId event status agentStatus completeness run",
  progressCallback: "portalId event status agentStatus at",
} as const;

const document = JSON.parse(readFileSync("openapi.json", "utf8"));
const site = await startDemoSite();
const { api, as, portals, database } = await openTestApi({ allowHosts: [site.host], work: true });
const headers = as("operator");
const request = {
  jobId: "b0f7a3c2-contract",
  url: site.listUrl,
  portalId: "k97-contract",
  configuration: {
    requiresAuth: false,
    navigationHints: { opportunityListSelector: "table tbody tr", nextButtonSelector: "a[rel=next]" },
    maxPages: 2,
    customInstructions: "",
    authCredentials: {},
  },
  callbackUrl: `${site.url}/hooks/callback`,
};

beforeAll(async () => {
  await api.inject({ method: "POST", url: "/scrape", headers, payload: request });
  await ended(request.jobId);
  return () => site.close();
}, 60_000);

test("openapi.json has every documented request field, and no more of them are required", () => {
  const { request: body, configuration, authCredentials, navigationHints } = CONTRACT["POST /scrape"];
  const schema = resolved(document.paths["/scrape"].post.requestBody.content["application/json"].schema);

  expectFields(schema, body, ADDED.scrape);
  const config = resolved(schema.properties["configuration"]);
  expect(config.required ?? []).toEqual([]);
  expectNames(config, configuration, ADDED.configuration);
  expectNames(resolved(config.properties["authCredentials"]), authCredentials, ADDED.authCredentials);
  expectNames(resolved(config.properties["navigationHints"]), navigationHints, ADDED.navigationHints);
});

test("openapi.json has every documented reply field", () => {
  const status = replyOf("GET /status/{jobId}");
  const health = replyOf("GET /health");
  const checks = resolved(health.properties["checks"]);

  expectFields(replyOf("POST /scrape", "202"), CONTRACT["POST /scrape"].reply);
  expectFields(replyOf("POST /cancel/{jobId}"), CONTRACT["POST /cancel/{jobId}"].reply);
  expectFields(status, CONTRACT["GET /status/{jobId}"].reply, ADDED.status);
  expectFields(resolved(status.properties["progress"]), CONTRACT["GET /status/{jobId}"].progress, ADDED.progress);
  expectFields(resolved(status.properties["result"]), CONTRACT["GET /status/{jobId}"].result);
  expectFields(resolved(status.properties["error"]), CONTRACT["GET /status/{jobId}"].error, ADDED.error);
  expectFields(health, CONTRACT["GET /health"].reply);
  expectFields(checks, CONTRACT["GET /health"].checks, ADDED.checks);
  for (const part of ["browser", "openai", "convex", "memory"] as const)
    expectFields(resolved(checks.properties[part]), CONTRACT["GET /health"][part]);
});

test("openapi.json has the documented opportunity and interaction", () => {
  const { Opportunity: opportunity, Interaction: interaction } = document.components.schemas;

  expectFields(opportunity, CONTRACT.Opportunity, ADDED.Opportunity);
  expectFields(resolved(resolved(opportunity.properties["documents"]).items), CONTRACT.document);
  expectFields(interaction, CONTRACT.Interaction);
  expectFields(resolved(interaction.properties["target"]), CONTRACT.target);
  expect(resolved(interaction.properties["action"]).enum).toEqual(CONTRACT.actions.split(" "));
  expect(resolved(interaction.properties["result"]).enum).toEqual(CONTRACT.results.split(" "));
});

test("openapi.json has the documented states", () => {
  const status = replyOf("GET /status/{jobId}");

  expect(replyOf("POST /scrape", "202").properties["status"]?.enum).toEqual(CONTRACT.scrapeStates.split(" "));
  expect(status.properties["status"]?.enum).toEqual(CONTRACT.jobStates.split(" "));
  expect(replyOf("GET /health").properties["status"]?.enum).toEqual(CONTRACT.healthStates.split(" "));
  expect(resolved(resolved(status.properties["error"]).properties["type"]).enum).toEqual(
    CONTRACT.failureTypes.split(" "),
  );
});

test("POST /scrape answers with the documented fields", async () => {
  const reply = await api.inject({ method: "POST", url: "/scrape", headers, payload: request });

  expectAnswer(reply.json(), CONTRACT["POST /scrape"].reply);
  expect(reply.json()).toMatchObject({ success: true, jobId: request.jobId, status: "completed" });
});

test("GET /status answers with the documented fields", async () => {
  const body = (await api.inject({ url: `/status/${request.jobId}`, headers })).json();
  const [opportunity] = body.result.opportunities;
  const [interaction] = body.result.interactions;

  expectAnswer(body, CONTRACT["GET /status/{jobId}"].reply, ADDED.status);
  expectAnswer(body.progress, CONTRACT["GET /status/{jobId}"].progress, ADDED.progress);
  expectAnswer(body.result, CONTRACT["GET /status/{jobId}"].result);
  expectAnswer(opportunity, CONTRACT.Opportunity, ADDED.Opportunity);
  expectAnswer(interaction, CONTRACT.Interaction);
  expect(OpportunitySchema.strict().safeParse(opportunity).error).toBeUndefined();
});

test("pages that were left out make the job completed, with what is missing beside it", async () => {
  const body = (await api.inject({ url: `/status/${request.jobId}`, headers })).json();

  expect(body).toMatchObject({
    status: "completed",
    agentStatus: "incomplete",
    completeness: { state: "incomplete", stopped: "page_limit", found: 20, totalDeclared: 27 },
  });
});

test("GET /health answers with the fields of both documented shapes, without a key", async () => {
  const reply = await api.inject({ url: "/health" });
  const body = reply.json();

  expect(reply.statusCode).toBe(200);
  expectAnswer(body, CONTRACT["GET /health"].reply);
  for (const part of ["browser", "openai", "convex", "memory"] as const)
    expectAnswer(body.checks[part], CONTRACT["GET /health"][part]);
  expect(body).toMatchObject({ status: "healthy", completedJobs: expect.any(Number), lastJobAt: expect.any(Number) });
});

test("POST /cancel answers with the documented fields, and a job that has ended stays as it is", async () => {
  await api.inject({
    method: "POST",
    url: "/scrape",
    headers,
    payload: { ...request, jobId: "to-cancel", callbackUrl: undefined },
  });
  const reply = await api.inject({
    method: "POST",
    url: "/cancel/to-cancel",
    headers: { ...headers, "content-type": "application/json" },
  });
  await ended("to-cancel");
  const again = await api.inject({ method: "POST", url: "/cancel/to-cancel", headers });
  const unknown = await api.inject({ method: "POST", url: "/cancel/nobody", headers });

  expectAnswer(reply.json(), CONTRACT["POST /cancel/{jobId}"].reply);
  expect(reply.json()).toMatchObject({ success: true, jobId: "to-cancel" });
  expect([again.statusCode, again.json().error.code]).toEqual([409, "job_finished"]);
  expect([unknown.statusCode, unknown.json().error.code]).toEqual([404, "job_not_found"]);
});

test("a cancelled job has failed, by the documented states, with the code that says so", async () => {
  await ended("to-cancel");
  const body = (await api.inject({ url: "/status/to-cancel", headers })).json();

  expect(body).toMatchObject({ status: "failed", agentStatus: "cancelled", error: { code: "cancelled" } });
  expectAnswer(body.error, CONTRACT["GET /status/{jobId}"].error, ADDED.error);
});

test("callbacks carry the documented fields, results and progress each at its address", async () => {
  const { rows } = await database.executeSql("select url, body from delivery order by created_at");
  const sent = rows.map((row) => Object(row)).map(({ url, body }) => ({ url, body: JSON.parse(body) }));
  const results = sent.filter(({ url }) => url === `${site.url}/hooks/callback`);
  const progress = sent.filter(({ url }) => url === `${site.url}/hooks/progress`);

  expect(results).toHaveLength(1);
  expectAnswer(results[0]?.body, CONTRACT.callback, ADDED.callback);
  expect(progress.length).toBeGreaterThan(0);
  for (const { body } of progress) expectAnswer(body, CONTRACT.progressCallback, ADDED.progressCallback);
});

test("metrics have the documented names", async () => {
  const { body } = await api.inject({ url: "/metrics" });

  for (const name of CONTRACT.metrics.split(" ")) expect(body).toContain(`# TYPE ${name} `);
});

test("what comes later is refused with a reason and a next step", async () => {
  const asked = [{ authMethod: "oauth" }, { customInstructions: "Press the green button" }];
  for (const configuration of asked) {
    const payload = { ...request, jobId: "later", configuration };
    const reply = await api.inject({ method: "POST", url: "/scrape", headers, payload });
    expect([reply.statusCode, reply.json().error.code]).toEqual([422, "not_supported_yet"]);
  }
});

interface Schema {
  $ref?: string;
  properties: Record<string, Schema>;
  required?: string[];
  items: Schema;
  enum?: string[];
  anyOf?: Schema[];
}

function resolved(schema: Schema | undefined): Schema {
  const chosen = schema?.anyOf?.[0] ?? schema;
  const name = chosen?.$ref?.split("/").at(-1);
  return name === undefined
    ? (chosen ?? { properties: {}, items: { properties: {} } as Schema })
    : document.components.schemas[name];
}

function replyOf(operation: string, status = "200"): Schema {
  const [method = "", path = ""] = operation.split(" ");
  return resolved(document.paths[path][method.toLowerCase()].responses[status].content["application/json"].schema);
}

/** The schema has these names and no others, and what the document does not mark with "?" is required. */
function expectFields(schema: Schema, fields: string, added = ""): void {
  expectNames(schema, fields, added);
  const isRequired = new Set(schema.required);
  expect(required(fields).filter((name) => !isRequired.has(name))).toEqual([]);
}

function expectNames(schema: Schema, fields: string, added: string): void {
  expect(Object.keys(schema.properties).toSorted()).toEqual([...names(fields), ...names(added)].toSorted());
}

/** An answer has what is required, and nothing that is neither documented nor told above. */
function expectAnswer(answer: object, fields: string, added = ""): void {
  const given = Object.keys(answer);
  const known = new Set([...names(fields), ...names(added)]);
  expect(required(fields).filter((name) => !given.includes(name))).toEqual([]);
  expect(given.filter((name) => !known.has(name))).toEqual([]);
}

function names(fields: string): string[] {
  return fields === "" ? [] : fields.split(" ").map((field) => field.replace("?", ""));
}

function required(fields: string): string[] {
  return fields.split(" ").filter((field) => !field.endsWith("?"));
}

function ended(jobId: string): Promise<void> {
  const look = async () =>
    expect((await portals.desk.get(jobId)).status).toMatch(/^(completed|incomplete|failed|cancelled)$/);
  return vi.waitFor(look, { timeout: 45_000, interval: 100 });
}
