import { expect, test } from "vitest";
import { createLogger } from "./pino-logger.ts";

function logged(level: "debug" | "info" = "info") {
  const lines: string[] = [];
  const logger = createLogger({ level, format: "json", destination: { write: (line) => lines.push(line) } });
  return { logger, lines, first: (): Record<string, unknown> => JSON.parse(lines[0] ?? "{}") };
}

test("an event is one line with its name, level and time", () => {
  const { logger, first } = logged();
  logger.info("app.started", { roles: ["api"] });

  expect(first()).toMatchObject({
    level: "info",
    message: "app.started",
    service: "browser-agent",
    metadata: { roles: ["api"] },
  });
  expect(Date.parse(String(first()["timestamp"]))).toBeGreaterThan(0);
});

test("credentials are blotted out, also one object deeper", () => {
  const { logger, lines } = logged();
  logger.info("api.request", {
    password: "hunter2",
    headers: { authorization: "Bearer hunter2", cookie: "sid=hunter2" },
  });

  expect(lines.join("")).not.toContain("hunter2");
  expect(lines.join("")).toContain("[redacted]");
});

test("an error keeps its stack and cause", () => {
  const { logger, first } = logged();
  logger.error("job.failed", { err: new Error("outer", { cause: new Error("inner") }) });

  expect(JSON.stringify(first()["error"])).toMatch(/outer[^]*inner/);
});

test("what is below the level is not written, in children neither", () => {
  const { logger, lines } = logged();
  logger.child({ jobId: "1" }).debug("job.queued");

  expect(lines).toEqual([]);
});

test("an entry has the documented shape, and whatever else was said is metadata", () => {
  const { logger, first } = logged();
  const child = logger.child({ jobId: "job-1", portalId: "portal" });
  child.warn("job.failed", { durationMs: 12, attempt: 2, err: new TypeError("broken") });

  const { timestamp, error, ...entry } = first();
  expect(entry).toEqual({
    level: "warn",
    service: "browser-agent",
    message: "job.failed",
    jobId: "job-1",
    portalId: "portal",
    duration: 12,
    metadata: { attempt: 2 },
  });
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(error).toMatchObject({ type: "TypeError", message: "broken", stack: expect.stringContaining("TypeError") });
});
