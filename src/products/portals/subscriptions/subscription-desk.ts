import { randomBytes } from "node:crypto";
import { newId, type Clock } from "#kernel";
import type { SecretSeal } from "#platform/storage";
import { BadSubscriptionUrl, EmailNotConfigured, SubscriptionNotFound, UnsubscribeLinkBroken } from "../errors.ts";
import { whatIsWrongWith } from "../web-address.ts";
import type { Notifier } from "./notifier.ts";
import { placeOfSecret } from "./sealed-subscriptions.ts";
import {
  planned,
  RECEIVER,
  type NewSubscription,
  type NextHour,
  type Subscription,
  type SubscriptionChange,
} from "./subscription.ts";
import type { Notice, SubscriptionStore } from "./subscription-store.ts";
import { isSignedBy, subscriptionIn } from "./unsubscribe-link.ts";

interface DeskDeps {
  store: SubscriptionStore;
  notifier: Pick<Notifier, "test">;
  seal: Pick<SecretSeal, "seal">;
  nextHour: NextHour;
  /** Whether a mail server is configured. */
  canSendEmail: boolean;
  clock: Clock;
}

/** Subscriptions, as people make, change, pause and end them. */
export class SubscriptionDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  get canSendEmail(): boolean {
    return this.#deps.canSendEmail;
  }

  /**
   * Adds a subscription. A webhook's secret is given once, here. Throws `EmailNotConfigured`, `BadSubscriptionUrl`, and
   * `BadSchedule` for an unknown time zone.
   */
  async add(
    { name, filter, events, when, to }: NewSubscription,
    by: string,
  ): Promise<{ subscription: Subscription; secret: string | null }> {
    const { store, seal, nextHour, canSendEmail, clock } = this.#deps;
    if (to.channel === "email" && !canSendEmail) throw new EmailNotConfigured();
    const problem = to.channel === "webhook" ? whatIsWrongWith(to.url) : null;
    if (problem !== null) throw new BadSubscriptionUrl(problem);
    const id = newId();
    const now = clock();
    const secret = to.channel === "webhook" ? randomBytes(32).toString("hex") : null;
    const subscription = planned(
      {
        ...{ id, name, filter, when, channel: to.channel },
        events: [...new Set(events)],
        target: to.channel === "email" ? to.address : to.url,
        secret: secret === null ? null : seal.seal(secret, placeOfSecret(id)),
        unsubscribeKey: randomBytes(32).toString("hex"),
        paused: null,
        nextDigestAt: null,
        ...{ createdBy: by, createdAt: now, updatedAt: now },
      },
      nextHour,
      now,
    );
    await store.add(subscription);
    return { subscription, secret };
  }

  list(): Promise<Subscription[]> {
    return this.#deps.store.list();
  }

  get(id: string): Promise<Subscription> {
    return this.#deps.store.get(id);
  }

  change(id: string, { name, filter, events, when }: SubscriptionChange): Promise<Subscription> {
    return this.#change(id, (current) => ({
      ...current,
      name: name ?? current.name,
      filter: filter ?? current.filter,
      events: events ?? current.events,
      when: when ?? current.when,
    }));
  }

  /** What happens while it is paused is not told later. */
  pause(id: string, by: string): Promise<Subscription> {
    const at = this.#deps.clock();
    return this.#change(id, (current) => ({ ...current, paused: current.paused ?? { at, by } }));
  }

  resume(id: string): Promise<Subscription> {
    return this.#change(id, (current) => ({ ...current, paused: null }));
  }

  remove(id: string): Promise<void> {
    return this.#deps.store.remove(id);
  }

  /** Sends a test message and answers with the history that has it. */
  async test(id: string): Promise<void> {
    await this.#deps.notifier.test(id);
  }

  async notices(id: string, limit: number): Promise<Notice[]> {
    await this.#deps.store.get(id);
    return this.#deps.store.notices(id, limit);
  }

  /** The subscription that a link in a mail speaks of. Throws `UnsubscribeLinkBroken`. */
  async byLink(token: string): Promise<Subscription> {
    const id = subscriptionIn(token);
    const found = id === null ? null : await this.#find(id);
    if (!found || !isSignedBy(token, found)) throw new UnsubscribeLinkBroken();
    return found;
  }

  /** Ends the messages to the receiver of a mail. Done twice, it is done once. Throws `UnsubscribeLinkBroken`. */
  async unsubscribe(token: string): Promise<Subscription> {
    const { id } = await this.byLink(token);
    return this.pause(id, RECEIVER);
  }

  async #find(id: string): Promise<Subscription | null> {
    try {
      return await this.#deps.store.get(id);
    } catch (error) {
      if (error instanceof SubscriptionNotFound) return null;
      throw error;
    }
  }

  #change(id: string, rule: (current: Subscription) => Subscription): Promise<Subscription> {
    const { store, nextHour, clock } = this.#deps;
    const now = clock();
    return store.change(id, (current) => planned({ ...rule(current), updatedAt: now }, nextHour, now));
  }
}
