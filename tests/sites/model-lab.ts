import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { countTokens } from "gpt-tokenizer/model/gpt-4o";
import { createApp } from "#app/testing";
import { answers, startModelServer, type SeenRequest } from "#engines/llm/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import type { Visit } from "./judge-visit.ts";
import { startPortal, type Portal } from "./portal.ts";
import { SightedReader } from "./sighted-reader.ts";
import { readWishfully } from "./wishful-reader.ts";

/** What one question took, by the tokenizer of GPT-4o. */
export interface Prompt {
  /** Instructions, task, outline and the form of the answer. */
  readonly text: number;
  readonly images: number;
  readonly answer: number;
}

export interface ModelVisit {
  readonly visit: Visit;
  /** Of the model's server, in order. */
  readonly prompts: readonly Prompt[];
  /** Questions that the ledger has for the job, answered from the cache or not. */
  readonly questions: number;
  /** Input and output tokens that the ledger has for the job. */
  readonly tokens: number;
}

export interface ModelLab {
  /** Sends a job for the portal as a client would and waits for its end. The first learns, the next ones replay. */
  visit(portal: Portal): Promise<ModelVisit>;
  close(): Promise<void>;
}

/** By the published rule for pictures of at most 1,280 × 960: six tiles and the base. */
const TOKENS_PER_PICTURE = 85 + 6 * 170;
const LONGEST_JOB_MS = 150_000;
const UNDER_WAY = new Set(["pending", "queued", "running", "paused"]);

/** The whole program on an empty database, its portals, and a scripted model that it asks over HTTP. */
export async function openModelLab(portals: readonly Portal[]): Promise<ModelLab> {
  const folder = await makeDataFolder("model-lab");
  const model = await startModelServer();
  const prompts: Prompt[] = [];
  const eyes = new SightedReader();
  model.answerWith(async (request) => {
    const text = JSON.stringify((await eyes.read(request)) ?? readWishfully(request));
    const prompt = promptOf(request, text);
    prompts.push(prompt);
    return answers(text, { inputTokens: prompt.text + prompt.images, outputTokens: prompt.answer });
  });
  const sites = new Map(
    await Promise.all(portals.map(async (portal) => [portal.name, await startPortal(portal)] as const)),
  );
  const config = loadConfig({
    folder,
    environment: {},
    overrides: {
      GLEANER_DATA_DIR: folder,
      API_PORT: "0",
      EGRESS_ALLOW_HOSTS: [...sites.values()].map(({ host }) => host).join(","),
      DELAY_BETWEEN_ACTIONS: "0",
      LLM_PROVIDER: "openai-compatible",
      LLM_BASE_URL: model.url,
      LLM_MODEL: "scripted",
      LLM_CACHE_SECONDS: "0",
    },
  });
  const app = await createApp({ config, logger: silentLogger });
  const { desk } = app.portals;
  let jobs = 0;

  async function endOf(jobId: string) {
    const until = Date.now() + LONGEST_JOB_MS;
    for (;;) {
      const job = await desk.get(jobId);
      if (!UNDER_WAY.has(job.status)) return job;
      if (Date.now() > until) throw new Error(`The job is still ${job.status}.`);
      await pause(100);
    }
  }

  return {
    visit: async ({ name, wanted }) => {
      const url = sites.get(name)?.entry ?? "";
      const jobId = `visit-${(jobs += 1)}`;
      const before = prompts.length;
      const configuration = wanted === undefined ? {} : { customInstructions: wanted };
      await desk.submit({ jobId, url, portalId: name.replaceAll(" ", "-"), configuration });
      const job = await endOf(jobId);
      const { results } = await desk.report(jobId);
      const cost: unknown = await (await fetch(`${app.url}/api/v1/jobs/${jobId}/cost`)).json();
      const completeness = "completeness" in job ? job.completeness : null;
      return {
        visit: {
          records: (results?.opportunities ?? []).map(({ rawText = "", ...fields }) => ({
            text: rawText,
            fields: wordsIn(fields),
          })),
          state: completeness?.state ?? "none",
          stopped: completeness?.stopped ?? "none",
          wall: null,
          error: "error" in job ? (job.error?.code ?? null) : null,
        },
        prompts: prompts.slice(before),
        questions: numberIn(cost, "questions"),
        tokens: numberIn(cost, "inputTokens") + numberIn(cost, "outputTokens"),
      };
    },
    close: async () => {
      await app.close();
      await eyes.close();
      await Promise.all([model.close(), ...[...sites.values()].map((site) => site.close())]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Everything of the request that a provider counts: all that is no picture of its body. */
function promptOf({ system, turns, body }: SeenRequest, answer: string): Prompt {
  const form = typeof body === "object" && body !== null && "response_format" in body ? body.response_format : "";
  const texts = [system, ...turns.map(({ text }) => text), JSON.stringify(form)];
  const pictures = turns.reduce((sum, turn) => sum + turn.pictures, 0);
  return {
    text: texts.reduce((sum, text) => sum + countTokens(text), 0),
    images: pictures * TOKENS_PER_PICTURE,
    answer: countTokens(answer),
  };
}

function wordsIn(fields: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

function numberIn(value: unknown, key: string): number {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof found !== "number") throw new Error(`The cost of a job has no ${key}.`);
  return found;
}
