import { FrameFan, NotTakenOver, type PersonInput } from "#engines/browser";
import { deadlineSignal } from "#kernel";
import { LiveTaken, NothingToTakeOver } from "../errors.ts";
import { LEASE_MS, NEWS_TOPIC, ORDERS_TOPIC } from "./live-sender.ts";
import type { LiveStages } from "./live-stages.ts";
import type { ShownTab } from "./live-stage.ts";
import { readNews, type News, type Order } from "./relay-message.ts";
import { ANYBODY, SealedLine, type LineDeps } from "./sealed-line.ts";

export interface LiveReceiverDeps extends LineDeps {
  readonly stages: LiveStages;
  /** How often those who have the job are told that somebody watches. Default 4 seconds. */
  readonly askEveryMs?: number;
}

const ANSWER_MS = 8_000;

/** Brings the jobs of other processes to the viewers of this one. */
export class LiveReceiver {
  readonly #deps: LiveReceiverDeps;
  readonly #line: SealedLine;
  readonly #visits = new Map<string, Visit>();
  #listening: Promise<() => Promise<void>> | null = null;

  constructor(deps: LiveReceiverDeps, self: string) {
    this.#deps = deps;
    this.#line = new SealedLine(deps, NEWS_TOPIC, self);
  }

  /** For one viewer of a job. Returns how to leave. */
  async bring(jobId: string): Promise<() => void> {
    this.#listening ??= this.#line.listen((envelope, text) => {
      const news = readNews(text);
      if (news) this.#visits.get(envelope.jobId)?.receive(news);
    });
    await this.#listening;
    const visit = this.#visits.get(jobId) ?? this.#begin(jobId);
    visit.viewers += 1;
    return () => {
      visit.viewers -= 1;
      if (visit.viewers > 0) return;
      visit.end();
      this.#visits.delete(jobId);
    };
  }

  async close(): Promise<void> {
    for (const visit of this.#visits.values()) visit.end();
    this.#visits.clear();
    const stop = await this.#listening;
    this.#listening = null;
    await stop?.();
  }

  #begin(jobId: string): Visit {
    const { stages, askEveryMs = 4_000 } = this.#deps;
    const send = (order: Order) => void this.#line.send(ORDERS_TOPIC, ANYBODY, jobId, order);
    const visit = new Visit({ jobId, stages, askEveryMs, send });
    this.#visits.set(jobId, visit);
    return visit;
  }
}

interface VisitParts {
  readonly jobId: string;
  readonly stages: LiveStages;
  readonly askEveryMs: number;
  readonly send: (order: Order) => void;
}

/** One job elsewhere, as long as somebody watches it here. */
class Visit {
  viewers = 0;
  readonly #parts: VisitParts;
  readonly #stage: ReturnType<LiveStages["enter"]>;
  readonly #asking: NodeJS.Timeout;
  #tab: DistantTab | null = null;
  #heardAt = 0;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.#stage = parts.stages.enter(parts.jobId, "elsewhere");
    this.#asking = setInterval(() => this.#ask(), parts.askEveryMs).unref();
    this.#ask();
  }

  receive(news: News): void {
    this.#heardAt = performance.now();
    if (news.kind === "frame") return this.#tab?.show(Buffer.from(news.jpeg, "base64"));
    if (news.kind === "answer") return this.#tab?.answer(news);
    if (!news.showing) return this.#drop();
    if (!this.#tab) {
      this.#tab = new DistantTab(this.#parts.send);
      this.#stage.show(this.#tab);
    }
    const wasDriven = this.#tab.isDriven;
    this.#tab.note(news);
    if (wasDriven && !news.isDriver) this.#stage.giveBack();
  }

  end(): void {
    clearInterval(this.#asking);
    this.#drop();
    this.#stage.leave();
  }

  /** Who has the job answers with pictures and states; from a process that died nothing comes. */
  #ask(): void {
    if (performance.now() - this.#heardAt > LEASE_MS) this.#drop();
    this.#parts.send({ kind: "watch" });
  }

  #drop(): void {
    this.#tab?.close();
    this.#tab = null;
  }
}

/** A tab that stands in a browser of another process. */
class DistantTab implements ShownTab {
  readonly #fan = new FrameFan();
  readonly #ended = Promise.withResolvers<void>();
  readonly #questions = new Map<number, (answer: { refusal: "nothing" | "taken" | null; by: string }) => void>();
  readonly #send: (order: Order) => void;
  #asked = 0;
  #url = "";
  #isDriven = false;

  constructor(send: (order: Order) => void) {
    this.#send = send;
  }

  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get url(): string {
    return this.#url;
  }

  get isDriven(): boolean {
    return this.#isDriven;
  }

  watch(onFrame: Parameters<FrameFan["watch"]>[0]): () => void {
    return this.#fan.watch(onFrame);
  }

  /** Throws `live_taken`, `nothing_to_take_over`; also when who has the job does not answer. */
  async takeOver(name: string): Promise<void> {
    const question = ++this.#asked;
    const answered = Promise.withResolvers<{ refusal: "nothing" | "taken" | null; by: string }>();
    this.#questions.set(question, answered.resolve);
    const late = deadlineSignal(ANSWER_MS);
    late.addEventListener("abort", () => answered.resolve({ refusal: "nothing", by: "" }));
    this.#send({ kind: "take-over", question, name });
    const { refusal, by } = await answered.promise;
    this.#questions.delete(question);
    if (refusal === "taken") throw new LiveTaken(by);
    if (refusal === "nothing") throw new NothingToTakeOver();
    this.#isDriven = true;
  }

  giveBack(): void {
    if (this.#isDriven) this.#send({ kind: "give-back" });
    this.#isDriven = false;
  }

  async input(input: PersonInput): Promise<void> {
    if (!this.#isDriven) throw new NotTakenOver();
    this.#send({ kind: "input", input });
  }

  show(jpeg: Uint8Array): void {
    this.#fan.show(jpeg);
  }

  answer({ question, refusal, by }: Extract<News, { kind: "answer" }>): void {
    this.#questions.get(question)?.({ refusal, by });
  }

  note({ url, isDriver }: Extract<News, { kind: "state" }>): void {
    this.#url = url ?? "";
    this.#isDriven = isDriver;
  }

  close(): void {
    this.#isDriven = false;
    this.#fan.close();
    this.#ended.resolve();
  }
}
