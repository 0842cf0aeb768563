import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { afterAll, expect, test, vi } from "vitest";
import { makeDataFolder } from "#platform/storage/testing";
import { startListSite } from "../api/list-site.ts";
import { serveApp } from "./served-app.ts";

const WAIT = { timeout: 120_000, interval: 200 };
const COUNT = 24;
const folder = await makeDataFolder("told");
const site = await startListSite();

interface Heard {
  readonly delivery: string;
  readonly opportunities: readonly string[];
  readonly isAnswered: boolean;
}
const heard: Heard[] = [];
let answers = false;
/** Takes what it is told; answers only when it may, as a receiver that is slow. */
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { news = [] }: { news?: { opportunity: { id: string } }[] } = JSON.parse(Buffer.concat(chunks).toString());
    heard.push({
      delivery: String(request.headers["x-gleaner-delivery"]),
      opportunities: news.map(({ opportunity }) => opportunity.id),
      isAnswered: answers,
    });
    if (answers) response.end("ok");
  });
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const address = receiver.address();
const host = `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await site.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test(
  "kill -9 between the decision to tell and its delivery loses no news, and what comes twice has the same delivery id",
  { timeout: 300_000 },
  async () => {
    const settings = {
      DELAY_BETWEEN_ACTIONS: "0",
      RATE_LIMIT_ENABLED: "false",
      SHUTDOWN_GRACE_MS: "500",
      GLEANER_DATA_DIR: folder,
      EGRESS_ALLOW_HOSTS: `${site.host},${host}`,
    };
    const first = await serveApp(settings);
    const made = await first.post("/api/v1/subscriptions", {
      name: "All",
      filter: {},
      events: ["new"],
      when: { cadence: "at_once" },
      to: { channel: "webhook", url: `http://${host}/hook` },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    await first.post("/scrape", { jobId: "told", url: site.url, portalId: "told", configuration: {} });
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), WAIT);
    await first.end("SIGKILL");
    answers = true;
    const second = await serveApp(settings);
    await vi.waitFor(
      () =>
        expect(new Set(heard.filter((each) => each.isAnswered).flatMap((each) => each.opportunities)).size).toBe(COUNT),
      WAIT,
    );
    await second.end("SIGTERM");
    const byDelivery = new Map(heard.map(({ delivery, opportunities }) => [delivery, opportunities]));
    const told = [...byDelivery.values()].flat();

    expect(told).toHaveLength(COUNT);
    expect(new Set(told).size).toBe(COUNT);
    for (const { delivery, opportunities } of heard) expect(opportunities).toEqual(byDelivery.get(delivery));
    const [unanswered] = heard.filter((each) => !each.isAnswered);
    expect(heard.some(({ delivery, isAnswered }) => isAnswered && delivery === unanswered?.delivery)).toBe(true);
  },
);
