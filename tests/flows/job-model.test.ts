import { afterEach, expect, test, vi } from "vitest";
import { COUNT, openModelApp, sensibly, TOKENS_PER_ANSWER, type ModelApp } from "./model-app.ts";
import { browsersOf } from "./process-tree.ts";

const opened: ModelApp[] = [];
const LIMIT = 180_000;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  expect(await browsersOf(process.pid)).toEqual([]);
});

async function open(settings: Record<string, string> = {}): Promise<ModelApp> {
  const app = await openModelApp(settings);
  opened.push(app);
  return app;
}

const without = { kind: "job.without_model" };
/** The way to the list takes two questions; a third does not fit. */
const FOR_ONE_JOB = String(2 * TOKENS_PER_ANSWER);

test(
  "a job whose own budget is spent ends once, and says in events and result that nobody could be asked",
  { timeout: LIMIT },
  async () => {
    const { run, model, app } = await open({ LLM_BUDGET_JOB_TOKENS: "100" });
    const { job, events, finals } = await run("poor", "portal");
    const { results } = await app.portals.desk.report("poor");

    expect(model.seen).toEqual([]);
    expect(finals).toEqual(["job.failed"]);
    expect(events).toContainEqual(
      expect.objectContaining({
        ...without,
        data: { code: "llm_budget_spent", message: expect.stringContaining("budget of this job") },
      }),
    );
    expect(job).toMatchObject({ error: { type: "llm_error", code: "llm_budget_spent", recoverable: true } });
    expect(results?.interactions).toContainEqual(
      expect.objectContaining({ action: "analyze", result: "failure", error: "llm_error" }),
    );
    expect(await browsersInUse(app)).toBe(0);
  },
);

test(
  "a portal's budget for the day stops its next job cleanly, and no other portal's",
  { timeout: LIMIT },
  async () => {
    const { run, model } = await open({ LLM_BUDGET_PORTAL_TOKENS: FOR_ONE_JOB });
    const first = await run("first", "spender");
    const asked = model.seen.length;
    const second = await run("second", "spender");
    const askedBySecond = model.seen.length - asked;
    const other = await run("other", "saver");

    expect(first).toMatchObject({ finals: ["job.completed"], job: { progress: { opportunitiesFound: COUNT } } });
    expect(askedBySecond).toBe(0);
    expect(second.finals).toEqual(["job.failed"]);
    expect(second.events).toContainEqual(
      expect.objectContaining({ ...without, data: expect.objectContaining({ code: "llm_budget_spent" }) }),
    );
    expect(other).toMatchObject({ finals: ["job.completed"], job: { progress: { opportunitiesFound: COUNT } } });
  },
);

test("the budget of the day stops every portal's jobs cleanly", { timeout: LIMIT }, async () => {
  const { run, model } = await open({ LLM_BUDGET_DAY_TOKENS: FOR_ONE_JOB });
  await run("first", "portal-1");
  const asked = model.seen.length;
  const { job, finals } = await run("second", "portal-2");

  expect(model.seen.length).toBe(asked);
  expect(finals).toEqual(["job.failed"]);
  expect(job).toMatchObject({
    error: { code: "llm_budget_spent", message: expect.stringContaining("budget of this day") },
  });
});

test(
  "a breaker that opened during one job spares the next one its questions, shows in health, and the job says so",
  { timeout: LIMIT },
  async () => {
    const { run, model, app } = await open();
    model.script({ kind: "status", status: 503 });
    const first = await run("first", "portal-1");
    const asked = model.seen.length;
    const second = await run("second", "portal-2");
    const health: unknown = await (await fetch(`${app.url}/health`)).json();

    expect(asked).toBeGreaterThanOrEqual(5);
    expect(model.seen.length).toBe(asked);
    expect([first.finals, second.finals]).toEqual([["job.failed"], ["job.failed"]]);
    expect(second.events.map(({ kind }) => kind)).toContain("job.without_model");
    expect(second.job).toMatchObject({ error: { type: "llm_error" } });
    expect(health).toMatchObject({ checks: { openai: { status: "error", circuitBreaker: "open" } } });
  },
);

test("a job goes on with the fallback when the first model refuses", { timeout: LIMIT }, async () => {
  const { run, model } = await open({ LLM_FALLBACKS: "openai-compatible:second" });
  model.answerWith((asked) =>
    JSON.stringify(asked.body).includes('"second"') ? sensibly(asked) : { kind: "status", status: 401 },
  );
  const { job, events, finals } = await run("stubborn", "portal");

  expect(finals).toEqual(["job.completed"]);
  expect(job).toMatchObject({ progress: { opportunitiesFound: COUNT } });
  expect(events.map(({ kind }) => kind)).not.toContain("job.without_model");
});

test(
  "a job that is cancelled while a model thinks leaves no browser and one final state",
  { timeout: LIMIT },
  async () => {
    const { submit, endOf, model, app } = await open();
    model.script({ kind: "silence" });
    await submit("thinking", "portal");
    await vi.waitFor(() => expect(model.seen.length).toBe(1), { timeout: 60_000 });
    const before = await browsersInUse(app);
    await app.portals.desk.cancel("thinking", "test");
    const { finals } = await endOf("thinking");

    expect(before).toBe(1);
    expect(finals).toEqual(["job.cancelled"]);
    await vi.waitFor(async () => expect(await browsersInUse(app)).toBe(0), { timeout: 30_000 });
  },
);

test(
  "a job that is paused while a model thinks gives its browser back, and ends once when it is resumed",
  { timeout: LIMIT },
  async () => {
    const { submit, endOf, model, app } = await open();
    const { desk } = app.portals;
    model.script({ kind: "silence" });
    await submit("thinking", "portal");
    await vi.waitFor(() => expect(model.seen.length).toBe(1), { timeout: 60_000 });
    await desk.pause("thinking", "test");
    await vi.waitFor(async () => expect((await desk.get("thinking")).status).toBe("paused"), { timeout: 30_000 });
    await vi.waitFor(async () => expect(await browsersInUse(app)).toBe(0), { timeout: 30_000 });

    model.answerWith(sensibly);
    await desk.resume("thinking", "test");
    const { job, finals } = await endOf("thinking");
    expect(finals).toEqual(["job.completed"]);
    expect(job.progress.opportunitiesFound).toBe(COUNT);
  },
);

test(
  "a portal that is paused while its job runs lets it end, gets none by itself, and goes on when it is resumed",
  { timeout: LIMIT },
  async () => {
    const { submit, endOf, model, app } = await open();
    const { registry, scheduled } = app.portals;
    await registry.add("watched", { url: "https://portal.example/", schedule: "* * * * *" });
    model.script({ kind: "silence" });
    await submit("under-way", "watched");
    await vi.waitFor(() => expect(model.seen.length).toBe(1), { timeout: 60_000 });
    await registry.pause("watched", { by: "test", reason: "The portal is being rebuilt." });
    model.answerWith(sensibly);
    await app.portals.desk.cancel("under-way", "test");
    const { finals } = await endOf("under-way");
    const whilePaused = await scheduled.runDue();
    const { nextRunAt } = await registry.resume("watched");

    expect(finals).toEqual(["job.cancelled"]);
    expect(whilePaused).toEqual([]);
    expect(nextRunAt).toBeInstanceOf(Date);
  },
);

async function browsersInUse({ workbench }: ModelApp["app"]): Promise<number> {
  return workbench.openBrowsers()?.status().active ?? 0;
}
