import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

const { api, as } = await openTestApi();
const base = await api.listen({ host: "127.0.0.1", port: 0 });
const scrape = { jobId: "j", url: "https://example.org/list", portalId: "p", configuration: {} };
const NUL = "\u0000";
const ID = "00000000-0000-7000-8000-000000000000";

afterEach(async () => {
  const alive = await fetch(`${base}/healthz`);
  expect(alive.status, "the server stays up").toBe(200);
});

const BODIES: [string, unknown, number, string][] = [
  ["nothing", undefined, 400, "invalid_request"],
  ["cut JSON", '{"jobId": "x"', 400, "unreadable_body"],
  ["an array", "[]", 400, "invalid_request"],
  ["a number", "7", 400, "invalid_request"],
  ["null", "null", 400, "invalid_request"],
  ["deep nesting", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, 400, "invalid_request"],
  ["a poisoned prototype", '{"__proto__": {"isAdmin": true}, "jobId": "x"}', 400, "unreadable_body"],
  ["a poisoned constructor", '{"constructor": {"prototype": {"isAdmin": true}}}', 400, "unreadable_body"],
  ["too much", JSON.stringify({ ...scrape, jobId: "x".repeat(2_000_000) }), 413, "body_too_large"],
  ["a NUL", JSON.stringify({ ...scrape, portalId: `a${NUL}b` }), 400, "invalid_request"],
  [
    "a NUL deep inside",
    JSON.stringify({ ...scrape, configuration: { navigationHints: { nextButtonSelector: `a${NUL}` } } }),
    400,
    "invalid_request",
  ],
  [
    "half a character",
    '{"jobId":"\\ud800","url":"https://example.org","portalId":"p","configuration":{}}',
    400,
    "invalid_request",
  ],
  ["an id with blanks", JSON.stringify({ ...scrape, jobId: "a b" }), 400, "invalid_request"],
  ["a long id", JSON.stringify({ ...scrape, jobId: "x".repeat(201) }), 400, "invalid_request"],
  ["an id that is an object", JSON.stringify({ ...scrape, jobId: { $ne: null } }), 400, "invalid_request"],
  ["no address", JSON.stringify({ ...scrape, url: "not an address" }), 400, "bad_portal_url"],
  ["a file address", JSON.stringify({ ...scrape, url: "file:///etc/passwd" }), 400, "bad_portal_url"],
  ["a script address", JSON.stringify({ ...scrape, url: "javascript:alert(1)" }), 400, "bad_portal_url"],
  [
    "an address with a password",
    JSON.stringify({ ...scrape, url: "https://me:secret@example.org/" }),
    400,
    "bad_portal_url",
  ],
  [
    "an endless address",
    JSON.stringify({ ...scrape, url: `https://example.org/${"a".repeat(9_000)}` }),
    400,
    "invalid_request",
  ],
  ["a callback to a file", JSON.stringify({ ...scrape, callbackUrl: "file:///tmp/x" }), 400, "bad_callback_url"],
  ["no pages at all", JSON.stringify({ ...scrape, configuration: { maxPages: 0 } }), 400, "invalid_request"],
  ["endless pages", JSON.stringify({ ...scrape, configuration: { maxPages: 1e308 } }), 400, "invalid_request"],
  [
    "a log-in by nobody",
    JSON.stringify({ ...scrape, configuration: { requiresAuth: true } }),
    422,
    "credentials_missing",
  ],
  [
    "instructions",
    JSON.stringify({ ...scrape, configuration: { customInstructions: "Click it" } }),
    422,
    "not_supported_yet",
  ],
];

for (const [what, body, status, code] of BODIES) {
  test(`POST /scrape refuses ${what}`, async () => {
    const headers = { ...as("operator"), "content-type": "application/json" };
    const reply = await fetch(`${base}/scrape`, {
      method: "POST",
      headers,
      ...(typeof body === "string" ? { body } : {}),
    });
    const text = await reply.text();

    expect([reply.status, JSON.parse(text).error.code]).toEqual([status, code]);
    expectNothingLeaks(text);
  });
}

const ADDRESSES: [string, string, number][] = [
  ["an unknown path", "/nothing/here", 404],
  ["a path upwards", "/api/v1/../../../../etc/passwd", 404],
  ["an encoded path upwards", "/docs/static/..%2f..%2f..%2fetc%2fpasswd", 404],
  ["a broken percent sign", "/status/%E0%A4%A", 400],
  ["an encoded NUL", "/status/a%00b", 400],
  ["a long name", `/status/${"x".repeat(250)}`, 400],
  ["an endless name", `/status/${"x".repeat(5_000)}`, 400],
  ["SQL in a name", "/status/x'%20or%201=1;--", 404],
  ["no hash", "/api/v1/artifacts/..%2f..%2fsecret", 400],
  ["a hash of nothing", `/api/v1/artifacts/${"0".repeat(64)}`, 404],
  ["no number", "/api/v1/jobs?limit=many", 400],
  ["a negative number", "/api/v1/jobs?limit=-1", 400],
  ["a number twice", "/api/v1/jobs?limit=1&limit=2", 400],
  ["a made-up cursor", "/api/v1/jobs?cursor=AAAA", 400],
  ["a cursor of another list", `/api/v1/jobs?cursor=${Buffer.from('["a","b"]').toString("base64url")}`, 400],
  [
    "a cursor of another order",
    `/api/v1/opportunities?cursor=${Buffer.from('["title","a","x"]').toString("base64url")}`,
    400,
  ],
  ["a cursor with a NUL", `/api/v1/portals?cursor=${cursorOf(`a${NUL}b`, "x")}`, 400],
  ["a cursor with half a character", `/api/v1/portals?cursor=${cursorOf("\ud800", "x")}`, 400],
  ["a cursor whose id is none", `/api/v1/recipes?cursor=${cursorOf("x")}`, 400],
  ["a cursor from the year 0", `/api/v1/attention?cursor=${cursorOf("0000-01-01T00:00:00Z", ID)}`, 400],
  ["an unknown order", "/api/v1/opportunities?sort=password", 400],
  ["SQL in a filter", "/api/v1/opportunities?closingFrom=2026-01-01'%3B%20drop%20table%20portal", 400],
  ["a poisoned filter", "/api/v1/opportunities?__proto__[x]=1&limit=0", 400],
  ["a run that is no id", "/api/v1/runs/1%20or%201", 400],
  ["a recipe that is no id", "/api/v1/recipes/abc", 400],
  ["an endless version", "/api/v1/recipes/01a1fc40-8073-72c6-95e5-da7e8db1ce56?version=99999999999", 400],
];

for (const [what, address, status] of ADDRESSES) {
  test(`GET refuses ${what}`, async () => {
    const reply = await api.inject({ url: address, headers: as("admin") });

    expect(reply.statusCode).toBe(status);
    expect(reply.json().error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expectNothingLeaks(reply.body);
  });
}

test("wild cards and quotes are words like others in a search", async () => {
  for (const q of ["%", "_", "\\", "'", '"', "') or true --"]) {
    const reply = await api.inject({ url: "/api/v1/opportunities", query: { q }, headers: as("viewer") });
    expect([reply.statusCode, reply.json().items]).toEqual([200, []]);
  }
});

test("a time that no calendar knows is refused, and spoils no list", async () => {
  for (const expiresAt of ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "yesterday"]) {
    const payload = { name: "odd", role: "viewer", expiresAt };
    const reply = await api.inject({ method: "POST", url: "/api/v1/keys", headers: as("admin"), payload });
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, "invalid_request"]);
  }
  const since = await api.inject({
    url: "/api/v1/opportunities?changedSince=0000-01-01T00:00:00Z",
    headers: as("viewer"),
  });

  expect(since.statusCode).toBe(400);
  expect((await api.inject({ url: "/api/v1/keys", headers: as("admin") })).statusCode).toBe(200);
});

test("another media type and another method are refused", async () => {
  const xml = await api.inject({
    method: "POST",
    url: "/scrape",
    headers: { ...as("operator"), "content-type": "text/xml" },
    payload: "<a/>",
  });
  const method = await api.inject({ method: "PUT", url: "/scrape", headers: as("operator"), payload: scrape });

  expect([xml.statusCode, xml.json().error.code]).toEqual([415, "unsupported_media_type"]);
  expect([method.statusCode, method.json().error.code]).toEqual([404, "route_not_found"]);
});

test("credentials that are refused are neither told nor kept", async () => {
  const authCredentials = { username: "me", password: "hunter2-hunter2", totpSecret: "no secret: hunter2" };
  const configuration = { requiresAuth: true, authCredentials };
  const reply = await api.inject({
    method: "POST",
    url: "/scrape",
    headers: as("operator"),
    payload: { ...scrape, jobId: "secret", configuration },
  });
  const job = await api.inject({ url: "/api/v1/jobs/secret", headers: as("viewer") });
  const audit = await api.inject({ url: "/api/v1/audit", headers: as("admin") });

  expect([reply.statusCode, reply.json().error.code]).toEqual([422, "bad_totp_secret"]);
  expect(job.statusCode).toBe(404);
  expect(`${reply.body}${audit.body}`).not.toContain("hunter2");
});

test("what is no HTTP is answered and hung up on", async () => {
  const { port } = new URL(base);
  const answer = await new Promise<string>((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), "127.0.0.1", () => socket.write("HELLO THERE\r\n\r\n"));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });

  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"code":"unreadable_address"');
});

test("headers without end are refused", async () => {
  const reply = await fetch(`${base}/health`, { headers: { "x-filler": "x".repeat(20_000) } });

  expect([400, 431]).toContain(reply.status);
});

test("nobody becomes an admin by a poisoned prototype", () => {
  expect(Reflect.get({}, "isAdmin")).toBeUndefined();
});

/** As the server writes the place where a page of a list ends. */
function cursorOf(...key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function expectNothingLeaks(text: string): void {
  expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|select |insert |syntax error|pglite|postgres/i);
}
