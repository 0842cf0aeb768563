import { afterAll, expect, test, vi } from "vitest";
import { createApp } from "#app/testing";
import { NOTHING, sensible, shownIn } from "#engines/agent/testing";
import { answers, startModelServer } from "#engines/llm/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { rm } from "node:fs/promises";
import { listBehindMenu } from "../sites/hidden-lists.ts";
import { startSite } from "../sites/local-site.ts";

const COUNT = 23;
const site = await startSite(listBehindMenu({ count: COUNT, size: 10 }));
const model = await startModelServer();
const folder = await makeDataFolder("model");

afterAll(async () => {
  await Promise.all([site.close(), model.close()]);
  await rm(folder, { recursive: true, force: true });
});

test("the whole program looks for a list with a model over HTTP, keeps its ledger and tells its health", async () => {
  model.answerWith(({ turns }) => {
    const page = turns.map(({ text }) => text).join("\n");
    const question = { instructions: "", task: "", page, picture: null };
    return answers({ ...NOTHING, ...sensible(question, shownIn(question)) }, { inputTokens: 900, outputTokens: 60 });
  });
  const config = loadConfig({
    folder,
    environment: {},
    overrides: {
      GLEANER_DATA_DIR: folder,
      API_PORT: "0",
      EGRESS_ALLOW_HOSTS: site.host,
      DELAY_BETWEEN_ACTIONS: "0",
      LLM_PROVIDER: "openai-compatible",
      LLM_BASE_URL: model.url,
      LLM_MODEL: "scripted",
    },
  });
  const app = await createApp({ config, logger: silentLogger });
  try {
    const { desk } = app.portals;
    const configuration = { customInstructions: "All open tenders of the borough." };
    await desk.submit({ jobId: "with-model", url: `${site.url}/`, portalId: "borough", configuration });
    await vi.waitFor(async () => expect((await desk.get("with-model")).status).toBe("completed"), {
      timeout: 50_000,
      interval: 200,
    });

    const { results } = await desk.report("with-model");
    expect(results?.opportunities).toHaveLength(COUNT);
    const tokens = results?.interactions.reduce((sum, { llmTokensUsed }) => sum + (llmTokensUsed ?? 0), 0);
    expect(tokens).toBe(model.seen.length * 960);
    const cost: unknown = await (await fetch(`${app.url}/api/v1/jobs/with-model/cost`)).json();
    const asked = model.seen.length;
    expect(cost).toMatchObject({ questions: asked, failed: 0, inputTokens: asked * 900, outputTokens: asked * 60 });
    const health: unknown = await (await fetch(`${app.url}/health`)).json();
    expect(health).toMatchObject({
      checks: {
        openai: {
          status: "ok",
          circuitBreaker: "closed",
          lastCallAt: expect.any(String),
        },
      },
    });
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/llm_tokens_used\{.*\} \d+/);
  } finally {
    await app.close();
  }
}, 90_000);
