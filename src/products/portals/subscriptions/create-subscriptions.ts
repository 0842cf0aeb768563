import type { Clock, Telemetry } from "#kernel";
import type { Outbox } from "#platform/delivery";
import type { Jobs } from "#platform/jobs";
import type { Database, SecretSeal } from "#platform/storage";
import type { NewOpportunityEvent } from "../opportunities/history/opportunity-event.ts";
import type { OpportunityStore } from "../opportunities/opportunity-store.ts";
import { NewsStore } from "./news-store.ts";
import { Notifier } from "./notifier.ts";
import { newsIn } from "./opportunity-news.ts";
import { SubscriptionDesk } from "./subscription-desk.ts";
import { SubscriptionStore } from "./subscription-store.ts";

/** Tells subscribers; sent with each batch of news, and every minute for digests and what got lost. */
const NOTIFY_QUEUE = "subscriptions.notify";
const EVERY_MINUTE = "* * * * *";

export interface SubscriptionsDeps {
  db: Database;
  jobs: Pick<Jobs, "declare" | "define" | "send" | "schedule" | "nextRuns">;
  outbox: Pick<Outbox, "enqueue">;
  seal: Pick<SecretSeal, "seal" | "open">;
  opportunities: OpportunityStore;
  clock: Clock;
  telemetry: Telemetry;
  notices: NoticeSettings;
}

export interface NoticeSettings {
  /** Where people reach the dashboard, without a slash at the end. */
  publicUrl: string;
  /** Whether a mail server is configured. */
  canSendEmail: boolean;
}

export interface Subscriptions {
  desk: SubscriptionDesk;
  notifier: Notifier;
  /** Takes in what happened to opportunities, within the transaction that makes it true. */
  tell(trx: Database, events: readonly NewOpportunityEvent[]): Promise<void>;
  work(): void;
  schedule(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** Days on which clocks change have an hour less, or more. */
const SHORTEST_DAY_MS = DAY_MS - 3_600_000;
const LONGEST_DAY_MS = DAY_MS + 3_600_000;

export function createSubscriptions(deps: SubscriptionsDeps): Subscriptions {
  const { db, jobs, clock, seal } = deps;
  const store = new SubscriptionStore(db);
  const news = new NewsStore();
  const nextHour = (hour: number, tz: string, after: Date): Date => {
    const at = (minute: number, from: Date) => jobs.nextRuns(`${minute} ${hour} * * *`, { tz, from, count: 1 })[0];
    const next = at(0, after);
    // Where clocks go forward by half an hour, the day has the hour only from its half on.
    const isLeftOut = next === undefined || next.getTime() - after.getTime() > LONGEST_DAY_MS;
    const halfPast = isLeftOut ? at(30, new Date(after.getTime() + SHORTEST_DAY_MS)) : undefined;
    return halfPast ?? next ?? new Date(after.getTime() + DAY_MS);
  };
  const { publicUrl, canSendEmail } = deps.notices;
  const notifier = new Notifier({ ...deps, subscriptions: store, news, nextHour, publicUrl });
  jobs.declare(NOTIFY_QUEUE);
  return {
    notifier,
    desk: new SubscriptionDesk({ store, notifier, seal, nextHour, canSendEmail, clock }),
    async tell(trx, events) {
      const found = newsIn(events);
      if (found.length === 0) return;
      await news.add(trx, found);
      // Without a key: one that runs already may have looked before this was there.
      await jobs.send(NOTIFY_QUEUE, {}, { trx });
    },
    work: () =>
      jobs.define(NOTIFY_QUEUE, (_data, { signal }) => notifier.run(signal), { retryLimit: 5, isRoutine: true }),
    schedule: () => jobs.schedule(NOTIFY_QUEUE, EVERY_MINUTE, {}),
  };
}
