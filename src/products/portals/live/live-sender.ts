import { waitFor } from "#kernel";
import { LiveTaken, NothingToTakeOver } from "../errors.ts";
import type { LiveStages } from "./live-stages.ts";
import type { LiveStage, Viewer } from "./live-stage.ts";
import { readOrder, type News, type Order } from "./relay-message.ts";
import { SealedLine, type LineDeps } from "./sealed-line.ts";

export interface LiveSenderDeps extends LineDeps {
  readonly stages: LiveStages;
  /** Between two pictures: each travels through the database or Redis. */
  readonly everyMs: number;
}

/** Orders to those who have jobs. */
export const ORDERS_TOPIC = "scrape-live-orders";
/** Pictures and states to those who watch. */
export const NEWS_TOPIC = "scrape-live-news";
/** Who has not said for so long that somebody watches there is gone. */
export const LEASE_MS = 12_000;

/** Shows the jobs of this process to viewers of others: one viewer for each process that asks. */
export class LiveSender {
  readonly #deps: LiveSenderDeps;
  readonly #line: SealedLine;
  /** Apart from what is said: long messages may take longer than short ones, and overtaken ones are dropped. */
  readonly #pictures: SealedLine;
  readonly #guests = new Map<string, Guest>();

  constructor(deps: LiveSenderDeps, self: string) {
    this.#deps = deps;
    this.#line = new SealedLine(deps, ORDERS_TOPIC, self);
    this.#pictures = new SealedLine(deps, ORDERS_TOPIC, `${self}/pictures`);
  }

  /** Listens until the returned function is called. */
  async open(): Promise<() => Promise<void>> {
    const stop = await this.#line.listen(({ jobId, from }, text) => {
      const order = readOrder(text);
      if (order) this.#receive(jobId, from, order);
    });
    return async () => {
      await stop();
      for (const guest of this.#guests.values()) guest.leave();
    };
  }

  #receive(jobId: string, from: string, order: Order): void {
    const { stages, everyMs } = this.#deps;
    const key = `${from} ${jobId}`;
    let guest = this.#guests.get(key);
    if (!guest) {
      if (!stages.isPlayedHere(jobId)) return;
      const send = (news: News) =>
        (news.kind === "frame" ? this.#pictures : this.#line).send(NEWS_TOPIC, from, jobId, news);
      guest = new Guest({ jobId, stages, everyMs, send, onLeave: () => this.#guests.delete(key) });
      this.#guests.set(key, guest);
    }
    guest.receive(order);
  }
}

/** Input that a page does not keep up with is dropped. */
const MOST_WAITING = 200;

interface GuestParts {
  readonly jobId: string;
  readonly stages: LiveStages;
  readonly everyMs: number;
  readonly send: (news: News) => Promise<unknown>;
  readonly onLeave: () => void;
}

class Guest {
  readonly #parts: GuestParts;
  readonly #seat: { stage: LiveStage; leave: () => void };
  readonly #viewer: Viewer;
  #name = "";
  #orders: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #state: Extract<News, { kind: "state" }> = { kind: "state", showing: false, url: null, isDriver: false };
  #lease: NodeJS.Timeout;

  constructor(parts: GuestParts) {
    this.#parts = parts;
    const driver = () => this.#name;
    this.#viewer = {
      get name() {
        return driver();
      },
      onFrame: async ({ jpeg }) => {
        await parts.send({ kind: "frame", jpeg: Buffer.from(jpeg).toString("base64") });
        await waitFor(parts.everyMs);
      },
      onState: ({ showing, url }, isDriver) => {
        this.#state = { kind: "state", showing, url, isDriver };
        void parts.send(this.#state);
      },
    };
    this.#seat = parts.stages.watch(parts.jobId, this.#viewer);
    this.#lease = this.#renew();
  }

  /** What a person does is done in its order; the next waits until the page has taken the one before. */
  receive(order: Order): void {
    clearTimeout(this.#lease);
    this.#lease = this.#renew();
    if (order.kind === "watch") return void this.#parts.send(this.#state);
    if (order.kind === "input" && this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    this.#orders = this.#orders
      .then(() => this.#do(order))
      .catch(() => undefined)
      .finally(() => (this.#waiting -= 1));
  }

  async #do(order: Exclude<Order, { kind: "watch" }>): Promise<void> {
    const { stage } = this.#seat;
    if (order.kind === "give-back") return stage.giveBack(this.#viewer);
    if (order.kind === "input") return stage.input(this.#viewer, order.input);
    this.#name = order.name;
    const { question } = order;
    const refusal = await stage.takeOver(this.#viewer).then(() => null, refusalOf);
    const by = refusal === "taken" ? (stage.state.driver ?? "") : "";
    await this.#parts.send({ kind: "answer", question, refusal, by });
  }

  leave(): void {
    clearTimeout(this.#lease);
    this.#seat.leave();
    this.#parts.onLeave();
  }

  #renew(): NodeJS.Timeout {
    return setTimeout(() => this.leave(), LEASE_MS).unref();
  }
}

function refusalOf(error: unknown): "nothing" | "taken" {
  if (error instanceof LiveTaken) return "taken";
  if (error instanceof NothingToTakeOver) return "nothing";
  throw error;
}
