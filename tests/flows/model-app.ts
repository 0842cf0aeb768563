import { rm } from "node:fs/promises";
import { expect, vi } from "vitest";
import { createApp } from "#app/testing";
import { NOTHING, sensible, shownIn } from "#engines/agent/testing";
import {
  answers,
  startModelServer,
  type ModelServer,
  type ScriptedReply,
  type SeenRequest,
} from "#engines/llm/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { listBehindSearch } from "../sites/hidden-lists.ts";
import { startSite } from "../sites/local-site.ts";

export const COUNT = 23;
/** What each answer of the scripted model says that it took. */
export const TOKENS_PER_ANSWER = 3_000;

type App = Awaited<ReturnType<typeof createApp>>;

export interface ModelApp {
  readonly app: App;
  readonly model: ModelServer;
  submit(jobId: string, portalId: string): Promise<void>;
  /** Waits until it has ended; gives its state and the kinds of its events with their data. */
  endOf(jobId: string): Promise<Ended>;
  run(jobId: string, portalId: string): Promise<Ended>;
  close(): Promise<void>;
}

export interface Ended {
  readonly job: Awaited<ReturnType<App["portals"]["desk"]["get"]>>;
  readonly events: readonly { readonly kind: string; readonly data: Record<string, unknown> }[];
  readonly finals: readonly string[];
}

const FINAL: ReadonlySet<string> = new Set(["job.completed", "job.incomplete", "job.failed", "job.cancelled"]);
const LIMIT = { timeout: 100_000, interval: 100 };

/** The whole program with a scripted model behind HTTP, and a portal whose list only a model finds. */
export async function openModelApp(settings: Readonly<Record<string, string>> = {}): Promise<ModelApp> {
  const folder = await makeDataFolder("model");
  const site = await startSite(listBehindSearch({ count: COUNT, size: 10 }));
  const model = await startModelServer();
  model.answerWith(sensibly);
  const config = loadConfig({
    folder,
    environment: {},
    overrides: {
      GLEANER_DATA_DIR: folder,
      API_PORT: "0",
      EGRESS_ALLOW_HOSTS: site.host,
      DELAY_BETWEEN_ACTIONS: "0",
      SHUTDOWN_GRACE_MS: "500",
      LLM_PROVIDER: "openai-compatible",
      LLM_BASE_URL: model.url,
      LLM_MODEL: "scripted",
      LLM_MAX_TOKENS: "500",
      LLM_CACHE_SECONDS: "0",
      ...settings,
    },
  });
  const app = await createApp({ config, logger: silentLogger });
  const { desk } = app.portals;
  const submit = async (jobId: string, portalId: string): Promise<void> => {
    // The address is new for each job: what an earlier one learnt would spare the questions.
    await desk.submit({ jobId, url: `${site.url}/?for=${jobId}`, portalId, configuration: {} });
  };
  const endOf = async (jobId: string): Promise<Ended> => {
    const job = await vi.waitFor(async () => {
      const current = await desk.get(jobId);
      expect(["completed", "incomplete", "failed", "cancelled"]).toContain(current.status);
      return current;
    }, LIMIT);
    const events = (await desk.events(jobId, { limit: 200 })).map(({ kind, data }) => ({ kind, data }));
    return { job, events, finals: events.map(({ kind }) => kind).filter((kind) => FINAL.has(kind)) };
  };
  return {
    app,
    model,
    submit,
    endOf,
    run: async (jobId, portalId) => {
      await submit(jobId, portalId);
      return endOf(jobId);
    },
    close: async () => {
      await app.close();
      await Promise.all([site.close(), model.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a model would say to a request, from what the request shows. */
export function sensibly({ turns }: SeenRequest): ScriptedReply {
  const question = { instructions: "", task: "", page: turns.map(({ text }) => text).join("\n"), picture: null };
  const decision = { ...NOTHING, ...sensible(question, shownIn(question)) };
  return answers(decision, { inputTokens: TOKENS_PER_ANSWER - 100, outputTokens: 100 });
}
