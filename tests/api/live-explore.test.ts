import { afterAll, expect, test, vi } from "vitest";
import type { WebSocket } from "@fastify/websocket";
import { scriptedAsk, sensible } from "#engines/agent/testing";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { startSite } from "../sites/local-site.ts";
import { CAPTCHA_WORD, captchaGate } from "../sites/walled-lists.ts";
import { openTestApi } from "./open-test-api.ts";

const COUNT = 12;
const site = await startSite(captchaGate({ count: COUNT, size: 20 }));
const allowHosts = [site.host];
const pool = new BrowserPool({ guard: new AddressGuard({ allowHosts }) });
const ask = scriptedAsk(sensible);
const { api, as } = await openTestApi({ allowHosts, work: true, browsers: async () => pool, ask, wallWaitMs: 60_000 });
const headers = as("operator");
afterAll(async () => {
  await pool.close();
  await site.close();
});

const until = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 50_000, interval: 50 });

async function inState(state: string) {
  return until(async () => {
    const job = (await api.inject({ url: "/api/v1/jobs/explored", headers })).json();
    expect(job.state).toBe(state);
    return job;
  });
}

test(
  "an exploring job stops at a wall, and goes on exploring and harvesting as the visitor whom a person made",
  {
    timeout: 120_000,
  },
  async () => {
    const configuration = { customInstructions: "All open tenders of the borough." };
    const payload = { jobId: "explored", portalId: "explored", url: `${site.url}/tenders`, configuration };
    await api.inject({ method: "POST", url: "/scrape", headers, payload });
    await inState("needs_person");
    const states: Record<string, unknown>[] = [];
    const onInit = (made: WebSocket) =>
      void made.on("message", (data: Buffer, isBinary: boolean) => {
        if (!isBinary) states.push(JSON.parse(data.toString()));
      });
    const socket = await api.injectWS("/api/v1/jobs/explored/live", { headers }, { onInit });
    const send = (message: object) => socket.send(JSON.stringify(message));
    await until(() => expect(states.at(-1)).toMatchObject({ showing: true }));
    send({ type: "take-over" });
    await until(() => expect(states.at(-1)).toMatchObject({ isYours: true }));
    send({ type: "pointer", action: "down", x: 0.1, y: 0.1 });
    send({ type: "pointer", action: "up", x: 0.1, y: 0.1 });
    send({ type: "text", text: CAPTCHA_WORD });
    send({ type: "key", key: "Enter" });
    await until(() => expect(site.requests).toContain("POST /verify"));
    await until(() => expect(site.requests.at(-1)).toMatch(/^GET \/tenders/));
    await api.inject({ method: "POST", url: "/api/v1/jobs/explored/continue", headers });

    expect(await inState("completed")).toMatchObject({ attempt: 1, progress: { opportunitiesFound: COUNT } });
    socket.terminate();
    await until(() => expect(pool.status().active).toBe(0));
  },
);
