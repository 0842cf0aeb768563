import { rm } from "node:fs/promises";
import { expect, vi } from "vitest";
import { NOTHING, sensible, shownIn } from "#engines/agent/testing";
import { answers, startModelServer } from "#engines/llm/testing";
import { makeDataFolder } from "#platform/storage/testing";
import { startListSite } from "../api/list-site.ts";
import { listBehindMenu, listBehindTab } from "../sites/hidden-lists.ts";
import { startSite, type LocalSite, type SiteHandler } from "../sites/local-site.ts";
import { numberedTable } from "../sites/paged-lists.ts";
import { scriptedList } from "../sites/scripted-lists.ts";
import { browsersOf, memoryOf } from "./process-tree.ts";
import { serveApp, type ServedApp } from "./served-app.ts";

const COUNT = 12;
const LIST = { count: COUNT, size: 6 };
const BROWSERS = 3;
const LIMIT = 300_000;

/** Of each kind, as jobs have them: one that HTTP reads, two that need a browser, two that need a browser and a model. */
const KINDS: readonly { path: string; handler: () => SiteHandler }[] = [
  { path: "/tenders", handler: () => numberedTable(LIST) },
  { path: "/tenders", handler: () => scriptedList("whole", LIST) },
  { path: "/", handler: () => listBehindMenu(LIST) },
  { path: "/tenders", handler: () => scriptedList("load-more", LIST) },
  { path: "/", handler: () => listBehindTab(LIST) },
];

interface VisitedSite {
  readonly site: LocalSite;
  readonly path: string;
  readonly name: string;
  /** What visitors said they were: cookies of 127.0.0.1 go to every port of it. */
  readonly visitors: Set<string>;
}

export interface Seen {
  /** What each job ended as, with the final states in its history. */
  readonly ends: readonly { id: string; status: string; found: number; finals: number }[];
  /** Visitors of a site whom another one had marked. */
  readonly strangers: readonly string[];
  /** Browsers at the same time, at most. */
  readonly mostBrowsers: number;
  /** Bytes: of the server after each round, and of server and browsers at most. */
  readonly afterRounds: readonly number[];
  readonly mostTogether: number;
  /** The last round's jobs: as they should start, and as they did. */
  readonly expectedOrder: readonly string[];
  readonly startOrder: readonly string[];
}

/** Runs so many jobs at once, round after round, in one server with three browsers, and tells what was seen of it. */
export async function runManyJobs({ jobs, rounds }: { jobs: number; rounds: number }): Promise<Seen> {
  const folder = await makeDataFolder("many");
  const sites = await Promise.all(Array.from({ length: jobs - BROWSERS }, (_, at) => startVisitedSite(at)));
  const holding = await Promise.all(Array.from({ length: BROWSERS }, () => startListSite()));
  const model = await startModelServer();
  model.answerWith(({ turns }) => {
    const question = { instructions: "", task: "", page: turns.map(({ text }) => text).join("\n"), picture: null };
    return answers({ ...NOTHING, ...sensible(question, shownIn(question)) });
  });
  const app = await serveApp({
    GLEANER_DATA_DIR: folder,
    MAX_CONCURRENT_BROWSERS: String(BROWSERS),
    EGRESS_ALLOW_HOSTS: [...sites.map(({ site }) => site.host), ...holding.map(({ host }) => host)].join(","),
    DELAY_BETWEEN_ACTIONS: "0",
    RATE_LIMIT_ENABLED: "false",
    LLM_PROVIDER: "openai-compatible",
    LLM_BASE_URL: model.url,
    LLM_MODEL: "scripted",
  });
  const watch = watchProcesses(app.pid);
  try {
    const ends: Seen["ends"][number][] = [];
    const afterRounds: number[] = [];
    let order = { expectedOrder: [] as readonly string[], startOrder: [] as readonly string[] };
    for (let round = 1; round <= rounds; round += 1) {
      const ids = await submitRound(app, { round, sites, holding });
      ends.push(...(await Promise.all([...ids.held, ...ids.waiting].map((id) => endOf(app, id)))));
      order = { expectedOrder: byPriority(ids.waiting), startOrder: await startsOf(app, ids.waiting) };
      afterRounds.push((await memoryOf(app.pid)).own);
    }
    const strangers = sites.flatMap(({ name, visitors }) =>
      [...visitors].filter((visitor) => visitor !== name).map((visitor) => `${visitor} at ${name}`),
    );
    return { ends, strangers, afterRounds, ...watch.stop(), ...order };
  } finally {
    watch.stop();
    await app.end("SIGKILL");
    await Promise.all([
      ...sites.map(({ site }) => site.close()),
      ...holding.map((site) => site.close()),
      model.close(),
    ]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Jobs that started further from their place in the queue than workers who take jobs at one time can change it. */
export function outOfTurn({ expectedOrder, startOrder }: Pick<Seen, "expectedOrder" | "startOrder">): string[] {
  return expectedOrder.filter((id, at) => Math.abs(startOrder.indexOf(id) - at) >= BROWSERS);
}

async function startVisitedSite(at: number): Promise<VisitedSite> {
  const { path, handler } = KINDS[at % KINDS.length] ?? { path: "/", handler: () => () => null };
  const name = `site-${at}`;
  const visitors = new Set<string>();
  const answer = handler();
  const site = await startSite((request) => {
    const visitor = request.cookies.get("visitor");
    if (visitor !== undefined) visitors.add(visitor);
    const answered = answer(request);
    return answered && { ...answered, headers: { ...answered.headers, "set-cookie": `visitor=${name}; Path=/` } };
  });
  return { site, path, name, visitors };
}

const PRIORITIES = ["low", "normal", "high"] as const;

/** The first jobs hold all places until the others stand in the queue: then it is the queue that says who is next. */
async function submitRound(
  app: ServedApp,
  {
    round,
    sites,
    holding,
  }: { round: number; sites: VisitedSite[]; holding: Awaited<ReturnType<typeof startListSite>>[] },
) {
  const submit = async (id: string, url: string, priority: string): Promise<string> => {
    // A portal of its own for each job: what an earlier round learnt of it would spare the work.
    const reply = await app.post("/scrape", { jobId: id, url, portalId: id, configuration: {}, priority });
    expect(reply.status, JSON.stringify(reply.body)).toBe(202);
    return id;
  };
  const held: string[] = [];
  for (const [at, site] of holding.entries()) {
    site.holdAt = 1;
    held.push(await submit(`held-${round}-${at}`, site.url, "normal"));
  }
  await vi.waitFor(() => expect(holding.map(({ holdAt }) => holdAt)).toEqual(holding.map(() => null)), {
    timeout: LIMIT,
  });
  const waiting: string[] = [];
  for (const [at, { site, path }] of sites.entries()) {
    const priority = PRIORITIES[at % PRIORITIES.length] ?? "normal";
    waiting.push(await submit(`${priority}-${round}-${at}`, site.url + path, priority));
  }
  for (const site of holding) site.open();
  return { held, waiting };
}

function byPriority(ids: readonly string[]): string[] {
  const rank = (id: string) => -PRIORITIES.findIndex((priority) => id.startsWith(priority));
  return [...ids].sort((a, b) => rank(a) - rank(b));
}

async function endOf(app: ServedApp, id: string): Promise<Seen["ends"][number]> {
  const { body: job } = await vi.waitFor(
    async () => {
      const reply = await app.get(`/status/${id}`);
      expect(["completed", "failed"]).toContain(reply.body.status);
      return reply;
    },
    { timeout: LIMIT, interval: 500 },
  );
  const { body: events } = await app.get(`/api/v1/jobs/${id}/events?limit=200`);
  const finals = events.items.filter(({ kind }: { kind: string }) => FINAL.has(kind)).length;
  return { id, status: job.agentStatus, found: job.progress.opportunitiesFound, finals };
}

const FINAL = new Set(["job.completed", "job.incomplete", "job.failed", "job.cancelled"]);

/** Events are numbered along the history of all jobs. */
async function startsOf(app: ServedApp, ids: readonly string[]): Promise<string[]> {
  const starts = await Promise.all(
    ids.map(async (id) => {
      const { body } = await app.get(`/api/v1/jobs/${id}/events?limit=200`);
      const started = body.items.find(({ kind }: { kind: string }) => kind === "job.started");
      return { id, at: Number(started?.id) };
    }),
  );
  return starts.sort((a, b) => a.at - b.at).map(({ id }) => id);
}

function watchProcesses(pid: number) {
  const most = { mostBrowsers: 0, mostTogether: 0 };
  const look = async () => {
    most.mostBrowsers = Math.max(most.mostBrowsers, (await browsersOf(pid)).length);
    const { own, browsers } = await memoryOf(pid);
    most.mostTogether = Math.max(most.mostTogether, own + browsers);
  };
  const timer = setInterval(() => void look().catch(() => undefined), 500);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
