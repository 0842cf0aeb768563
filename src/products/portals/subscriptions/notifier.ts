import { newId, type Clock, type Counter, type Telemetry } from "#kernel";
import type { Outbox } from "#platform/delivery";
import type { Database, SecretSeal } from "#platform/storage";
import type { OpportunityStore } from "../opportunities/opportunity-store.ts";
import { emailOf, webhookBody, type NoticeContent, type ToldNews } from "./notice-message.ts";
import type { StoredNews, NewsStore } from "./news-store.ts";
import { planned, type NextHour, type Subscription } from "./subscription.ts";
import { placeOfSecret } from "./sealed-subscriptions.ts";
import type { SubscriptionStore } from "./subscription-store.ts";
import { unsubscribeUrl } from "./unsubscribe-link.ts";

export interface NotifierDeps {
  db: Database;
  subscriptions: SubscriptionStore;
  news: NewsStore;
  opportunities: Pick<OpportunityStore, "some" | "matching">;
  outbox: Pick<Outbox, "enqueue">;
  seal: Pick<SecretSeal, "open">;
  nextHour: NextHour;
  publicUrl: string;
  clock: Clock;
  telemetry: Telemetry;
}

const NEWS_AT_ONCE = 500;
/** In one message that is sent at once. */
const TOLD_AT_ONCE = 50;

/**
 * Tells subscribers what happened. What is matched, what is told and the message in the outbox are written in one
 * transaction, so that each piece of news is in exactly one message to each subscription, whatever crashes in between.
 */
export class Notifier {
  readonly #deps: NotifierDeps;
  readonly #messages: Counter;

  constructor(deps: NotifierDeps) {
    this.#deps = deps;
    this.#messages = deps.telemetry.counter("gleaner_notifications_total", {
      help: "Messages to subscribers that were put into the outbox.",
      labels: ["channel", "kind"],
    });
  }

  /** Tells what waits, and sends the digests that are due; what was missed while nothing ran is in one digest. */
  async run(signal?: AbortSignal): Promise<void> {
    while ((await this.#matchSome()) > 0) signal?.throwIfAborted();
    for (const id of await this.#deps.subscriptions.dueDigests(this.#deps.clock())) {
      signal?.throwIfAborted();
      await this.#sendDigest(id);
    }
  }

  /** Sends a message that says what messages look like, with opportunities that match now. */
  async test(id: string): Promise<void> {
    const { db, subscriptions, opportunities, clock } = this.#deps;
    const subscription = await subscriptions.get(id);
    const matching = await opportunities.matching(db, subscription.filter, { limit: 3 });
    const found = await opportunities.some(matching);
    const told = [...found.values()].map((opportunity): ToldNews => {
      const news = { opportunityId: opportunity.id, kind: "new", at: clock(), changes: [] } as const;
      return { news: { ...news, changes: [] }, opportunity };
    });
    await db.transaction().execute((trx) => this.#enqueue(trx, subscription, "test", told));
  }

  async #matchSome(): Promise<number> {
    const { db, news, subscriptions, opportunities, clock } = this.#deps;
    return db.transaction().execute(async (trx) => {
      const waiting = await news.takeWaiting(trx, NEWS_AT_ONCE);
      if (waiting.length === 0) return 0;
      const ids = [...new Set(waiting.map(({ opportunityId }) => opportunityId))];
      for (const subscription of await subscriptions.active(trx)) {
        const matching = new Set(await opportunities.matching(trx, subscription.filter, { ids }));
        const wanted = waiting.filter(
          ({ kind, opportunityId }) => subscription.events.includes(kind) && matching.has(opportunityId),
        );
        if (wanted.length === 0) continue;
        await news.addMatches(
          trx,
          subscription.id,
          wanted.map(({ id }) => id),
        );
        if (subscription.when.cadence === "at_once") await this.#tellAll(trx, subscription, "at_once", wanted);
      }
      await news.markMatched(
        trx,
        waiting.map(({ id }) => id),
        clock(),
      );
      return waiting.length;
    });
  }

  async #sendDigest(id: string): Promise<void> {
    const { subscriptions, news, nextHour, clock } = this.#deps;
    const now = clock();
    await subscriptions.change(
      id,
      (current) => (isDue(current, now) ? planned(current, nextHour, now) : current),
      async (current, trx) => {
        if (!isDue(current, now)) return;
        const untold = await news.untold(trx, id);
        if (untold.length > 0) await this.#tellAll(trx, current, "digest", untold);
      },
    );
  }

  async #tellAll(
    trx: Database,
    subscription: Subscription,
    kind: "at_once" | "digest",
    untold: readonly StoredNews[],
  ): Promise<void> {
    const { opportunities, news } = this.#deps;
    const size = kind === "digest" ? untold.length : TOLD_AT_ONCE;
    for (let from = 0; from < untold.length; from += size) {
      const some = untold.slice(from, from + size);
      const found = await opportunities.some(
        some.map(({ opportunityId }) => opportunityId),
        trx,
      );
      const told = some.flatMap((each): ToldNews[] => {
        const opportunity = found.get(each.opportunityId);
        return opportunity ? [{ news: each, opportunity }] : [];
      });
      const noticeId = await this.#enqueue(trx, subscription, kind, told);
      await news.markTold(
        trx,
        subscription.id,
        noticeId,
        some.map(({ id }) => id),
      );
    }
  }

  async #enqueue(
    trx: Database,
    subscription: Subscription,
    kind: NoticeContent["kind"],
    told: readonly ToldNews[],
  ): Promise<string> {
    const { outbox, subscriptions, clock, publicUrl } = this.#deps;
    const id = newId();
    const content = { kind, told, publicUrl, now: clock() };
    const deliveryId = await outbox.enqueue(this.#messageOf(subscription, content, `notice:${id}`), trx);
    const notice = { id, kind, changes: told.length, createdAt: clock(), deliveryId };
    await subscriptions.addNotice(trx, subscription.id, notice);
    this.#messages.add(1, { channel: subscription.channel, kind });
    return id;
  }

  #messageOf(subscription: Subscription, content: NoticeContent, idempotencyKey: string) {
    const { channel, target, secret, id } = subscription;
    if (channel === "email") {
      const email = emailOf(subscription, content, unsubscribeUrl(content.publicUrl, subscription));
      return { kind: "email" as const, to: target, ...email, idempotencyKey };
    }
    const signature = secret === null ? {} : { hmacSecret: this.#deps.seal.open(secret, placeOfSecret(id)) };
    const body = webhookBody(subscription, content);
    return { kind: "webhook" as const, url: target, body, ...signature, idempotencyKey };
  }
}

function isDue({ nextDigestAt }: Subscription, now: Date): boolean {
  return nextDigestAt !== null && nextDigestAt <= now;
}
