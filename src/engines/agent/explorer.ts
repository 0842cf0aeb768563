import { initialTransition, transition } from "xstate";
import type { BrowserSession, PageFence } from "#engines/browser";
import { wallOf, type HarvestWall, type Pictures, type StoredRecipe } from "#engines/harvest";
import { AppError, type Clock } from "#kernel";
import { agentChart, type AgentEvent, type AgentSnapshot, type AgentState } from "./agent-chart.ts";
import {
  DEFAULT_RETRY,
  delayBefore,
  errorTypeOf,
  isFinal,
  strategyFor,
  type AgentErrorType,
  type RetryPolicy,
} from "./agent-error.ts";
import { act } from "./act.ts";
import type { AgentInput } from "./agent-input.ts";
import { decide, type Plan } from "./decide.ts";
import { Diary } from "./diary.ts";
import type { Adopt, ExplorationRequest, ExplorationResult } from "./exploration.ts";
import type { Intent } from "./judge-decision.ts";
import { perceive } from "./perceive.ts";
import type { Ask } from "./question.ts";
import { recover } from "./recover.ts";
import type { Screen } from "./screen.ts";
import { inputsIn, logStep, waysTo, type LoggedStep } from "./way-log.ts";

export interface ExplorerDeps {
  readonly openSession: () => Promise<BrowserSession>;
  /** Waits for the turn of a host, robots.txt included; the result gives the turn back. */
  readonly takeTurn: (url: string) => Promise<() => void>;
  /** Null: nobody can be asked, the analyser is alone. */
  readonly ask: Ask | null;
  readonly adopt: Adopt;
  readonly fieldNames: readonly string[];
  /** What may be written into a search. */
  readonly inputs: readonly AgentInput[];
  /** Null: none are kept. */
  readonly pictures: Pictures | null;
  readonly clock: Clock;
  /** A page without secrets that it repeats. */
  readonly redacted?: (bytes: Uint8Array) => Uint8Array;
  readonly retry?: RetryPolicy;
}

const PAGE_MS = 30_000;
/** For a model: as the requirement has it. */
const PICTURE = { type: "jpeg", quality: 80, maxWidth: 1_280 } as const;
const MOST_WALLS = 3;

/** One exploration of one portal in one browser session: perceives, decides, acts, until the list is learnt. */
export class Explorer {
  readonly #request: ExplorationRequest;
  readonly #deps: ExplorerDeps;
  readonly #signal: AbortSignal;
  readonly #diary: Diary;
  readonly #errors = new Map<AgentErrorType, number>();
  #session: BrowserSession | null = null;
  #fence: PageFence | null = null;
  #screen: Screen | null = null;
  #log: LoggedStep[] = [];
  #plan: Plan | null = null;
  #error: { type: AgentErrorType; message: string; code?: string } | null = null;
  #wall: HarvestWall | null = null;
  #learnt: { stored: StoredRecipe; notes: readonly string[] } | null = null;
  #status = 200;
  #pages = 0;
  #actions = 0;

  constructor(request: ExplorationRequest, deps: ExplorerDeps) {
    this.#request = request;
    this.#deps = deps;
    this.#signal = request.signal ?? new AbortController().signal;
    this.#diary = new Diary(deps.clock, request.onStep);
  }

  /** Ends with the list, at a wall, or with what was tried. Leaves no browser behind. */
  async run(): Promise<ExplorationResult> {
    let [snapshot]: [AgentSnapshot, ...unknown[]] = initialTransition(agentChart);
    try {
      [snapshot] = transition(agentChart, snapshot, { type: "start" });
      while (!isOver(snapshot.value)) [snapshot] = transition(agentChart, snapshot, await this.#do(snapshot.value));
      return this.#result(snapshot.value);
    } finally {
      await this.#session?.close();
    }
  }

  async #do(state: AgentState): Promise<AgentEvent> {
    if (this.#signal.aborted) return { type: "cancel" };
    const startedAt = performance.now();
    try {
      return await this.#enter(state);
    } catch (error) {
      if (this.#signal.aborted) return { type: "cancel" };
      if (!(error instanceof AppError)) throw error;
      const { message, code } = error;
      this.#error = { type: errorTypeOf(error), message, code };
      if (this.#error.type === "llm_error") {
        const told = { state, action: "ask", url: this.#url, label: "", ok: false, reason: message } as const;
        this.#diary.tell({ ...told, startedAt, error: "llm_error" });
      }
      if (state === "analyzing" && isFinal(error)) return { type: "error_action" };
      return state === "navigating"
        ? { type: "timeout" }
        : state === "recovering"
          ? { type: "recovered" }
          : { type: "failure" };
    }
  }

  #enter(state: AgentState): Promise<AgentEvent> | AgentEvent {
    switch (state) {
      case "navigating":
        return this.#navigate();
      case "analyzing":
        return this.#analyse();
      case "extracting":
        return this.#extract();
      case "clicking":
      case "filling":
      case "scrolling":
      case "waiting":
        return this.#perform(state);
      case "recovering":
        return this.#recover();
      case "needs_person":
        return this.#waitForPerson();
      default:
        return { type: "reset" };
    }
  }

  async #navigate(): Promise<AgentEvent> {
    const startedAt = performance.now();
    const isNew = this.#session === null;
    if (!this.#session) await this.#open();
    else await this.#session.waitForQuiet({ signal: this.#signal });
    await this.#look();
    this.#pages += 1;
    this.#actions = 0;
    const told = { state: "navigating", label: "", ok: true, reason: "" } as const;
    if (isNew)
      this.#diary.tell({ ...told, action: "navigate", url: this.#url, startedAt, picture: await this.#keepPicture() });
    return { type: "page_loaded" };
  }

  async #open(): Promise<void> {
    const { url, hosts = [] } = this.#request;
    const release = await this.#deps.takeTurn(url);
    try {
      const session = await this.#deps.openSession();
      this.#session = session;
      this.#request.people?.onSession(session);
      this.#status = (await session.goto(url, { timeoutMs: PAGE_MS, signal: this.#signal })).status;
      // Where the portal's own address leads is the portal.
      this.#fence = await session.fence({ hosts: [new URL(url).host, new URL(session.url).host, ...hosts] });
    } finally {
      release();
    }
  }

  async #look(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    await session.dismissDialogs({ signal: this.#signal });
    const { redacted } = this.#deps;
    this.#screen = await perceive(session, this.#status, { signal: this.#signal, redacted });
  }

  async #analyse(): Promise<AgentEvent> {
    const screen = this.#screen;
    const { maxPages = 20, maxActionsPerPage = 10 } = this.#request;
    if (!screen) return this.#fail("content_not_loaded", "The page could not be read.");
    const wall = wallOf(screen, screen.page);
    if (
      wall?.kind === "limit" &&
      (this.#errors.get("rate_limited") ?? 0) < (this.#deps.retry ?? DEFAULT_RETRY).maxRetries
    )
      return this.#fail("rate_limited", wall.message);
    this.#wall = wall;
    if (wall) return { type: "wall" };
    if (this.#pages > maxPages) return this.#end("The limit of pages was reached.");
    this.#plan = await decide(screen, this.#request, {
      ...this.#deps,
      diary: this.#diary,
      written: new Set(inputsIn(this.#log).map(({ name }) => name)),
      signal: this.#signal,
      pageNumber: this.#pages,
      picture: (seen) => this.#picture(seen),
      spendAction: () => (this.#actions += 1) <= maxActionsPerPage,
      actionsLeft: () => maxActionsPerPage - this.#actions + 1,
    });
    if (this.#plan.kind === "give_up") return this.#end(this.#plan.reason);
    if (this.#plan.kind === "list") return { type: "extract_action" };
    if (this.#plan.intent.kind === "error") return this.#end(this.#plan.reason);
    return { type: EVENTS[this.#plan.intent.kind] };
  }

  /** JPEG, no wider than the tab, with the numbers on what can be pressed or filled. */
  async #picture({ numbered }: Screen): Promise<Uint8Array | null> {
    const marks = [...numbered.nodes.values()]
      .filter(({ kind }) => kind !== "text" && kind !== "record")
      .slice(0, 60)
      .map(({ id, path }) => ({ path, label: String(id) }));
    return (await this.#session?.screenshot({ ...PICTURE, marks, signal: this.#signal })) ?? null;
  }

  /** Of what the tab shows now, for people who look at the steps. A step without a picture is a step all the same. */
  async #keepPicture(): Promise<string | null> {
    const { pictures, clock } = this.#deps;
    const session = this.#session;
    if (!pictures || !session) return null;
    try {
      const { quality, maxWidth } = pictures;
      const bytes = await session.screenshot({ type: "jpeg", quality, maxWidth, signal: this.#signal });
      return await pictures.keep(bytes, { url: session.url, capturedAt: clock() });
    } catch {
      this.#signal.throwIfAborted();
      return null;
    }
  }

  async #extract(): Promise<AgentEvent> {
    if (this.#plan?.kind !== "list") return { type: "failure" };
    const startedAt = performance.now();
    const { list } = this.#plan;
    const ways = waysTo(this.#url, this.#request.url, this.#log);
    const inputs = inputsIn(this.#log);
    const recipe = inputs.length === 0 ? list.recipe : { ...list.recipe, inputs };
    const values = Object.fromEntries(this.#deps.inputs.map(({ name, value }) => [name, value]));
    const proposal = { ...list, recipe, ways, values };
    const { stored, reasons } = await this.#deps.adopt(proposal, this.#session);
    const reason = stored ? `${list.expected.length} records came again.` : reasons.join(" ");
    const told = { state: "extracting", action: "extract", url: this.#url, label: "" } as const;
    this.#diary.tell({ ...told, startedAt, ok: stored !== null, reason });
    if (stored) {
      this.#learnt = { stored, notes: reasons };
      return { type: "learnt" };
    }
    this.#diary.remember(`extract: the list could not be reached again: ${reason}`);
    return { type: "failure" };
  }

  async #perform(state: AgentState): Promise<AgentEvent> {
    const [plan, screen, session, fence] = [this.#plan, this.#screen, this.#session, this.#fence];
    if (plan?.kind !== "act" || !screen || !session || !fence) return { type: "failure" };
    const { intent, reason } = plan;
    const startedAt = performance.now();
    const logged = logStep(intent, screen);
    const acted = await act(session, fence, intent, this.#signal);
    const refused = fence.takeRefused();
    const isFilled = intent.kind === "fill" || intent.kind === "select";
    const ok = refused.length === 0 && acted.ok && (acted.changed || isFilled);
    const came =
      refused.length > 0 ? "refused, it would have left the portal or sent something" : ok ? "done" : "nothing changed";
    const label = "node" in intent ? intent.node.label : "";
    const told = { state, action: intent.kind, url: this.#url, label, ok, reason: ok ? reason : came, startedAt };
    this.#diary.tell({ ...told, picture: await this.#keepPicture() });
    this.#diary.remember(`${intent.kind} ${label}: ${came}`);
    if (!acted.ok) throw acted.error;
    if (await this.#isAstray(session)) return { type: "page_changed" };
    if (intent.kind === "back") this.#log = this.#log.slice(0, -1);
    else if (logged && ok) this.#log.push(logged);
    if (acted.navigated) return { type: "page_changed" };
    await this.#look();
    return state === "scrolling" ? { type: "content_loaded" } : { type: "page_same" };
  }

  /** A redirect may lead where no link would have been followed: back again. */
  async #isAstray(session: BrowserSession): Promise<boolean> {
    const { url, hosts = [], allowHosts = [] } = this.#request;
    const host = URL.parse(session.url)?.host ?? "";
    const own = [new URL(url).host, new URL(this.#url).host, ...hosts, ...allowHosts];
    if (host === "" || own.includes(host)) return false;
    this.#diary.remember("that led to another site, and was taken back");
    await session.back({ signal: this.#signal });
    return true;
  }

  async #recover(): Promise<AgentEvent> {
    const { type, message } = this.#error ?? { type: "unexpected_state", message: "" };
    const policy = this.#deps.retry ?? DEFAULT_RETRY;
    const attempt = (this.#errors.get(type) ?? 0) + 1;
    this.#errors.set(type, attempt);
    const strategy = strategyFor(type, attempt, policy);
    const startedAt = performance.now();
    const how = { url: this.#request.url, delayMs: delayBefore(attempt, policy), signal: this.#signal };
    const outcome = await recover(strategy, this.#session, how);
    const told = { state: "recovering", action: strategy, url: this.#url, label: "", reason: message } as const;
    this.#diary.tell({ ...told, startedAt, ok: outcome !== "given_up", error: type });
    if (outcome === "given_up") return { type: "unrecoverable" };
    if (outcome === "needs_new_browser") {
      await this.#session?.close();
      this.#session = null;
      await this.#open();
    }
    if (outcome !== "goes_on") this.#log = [];
    await this.#look();
    return { type: "recovered" };
  }

  async #waitForPerson(): Promise<AgentEvent> {
    const { people } = this.#request;
    const session = this.#session;
    const [wall, startedAt] = [this.#wall, performance.now()];
    if (!wall || !people || !session || this.#diary.count("wall") > MOST_WALLS) return { type: "unrecoverable" };
    if (!(await people.onWall(wall, session))) return { type: "unrecoverable" };
    const told = { state: "needs_person", action: "wait", url: wall.url, label: wall.kind, startedAt } as const;
    this.#diary.tell({ ...told, ok: true, reason: "A person cleared the wall." });
    this.#status = 200;
    await this.#look();
    // What a person cleared elsewhere shows when the page is asked for again.
    if (this.#screen && wallOf(this.#screen, this.#screen.page)) {
      this.#status = (await session.goto(session.url, { timeoutMs: PAGE_MS, signal: this.#signal })).status;
      await this.#look();
    }
    return { type: "person_cleared" };
  }

  get #url(): string {
    return this.#screen?.url ?? this.#request.url;
  }

  #fail(type: AgentErrorType, message: string): AgentEvent {
    this.#error = { type, message };
    return { type: "failure" };
  }

  #end(reason: string): AgentEvent {
    this.#error = { type: "unexpected_state", message: reason };
    return { type: "error_action" };
  }

  #result(state: AgentState): ExplorationResult {
    const told = this.#diary.summary;
    if (this.#learnt) return { ...told, kind: "learnt", ...this.#learnt };
    if (this.#wall && state !== "cancelled") return { ...told, kind: "wall", wall: this.#wall };
    if (state === "cancelled") return { ...told, kind: "cancelled", reason: "The exploration was cancelled." };
    const reason = this.#plan?.kind === "act" ? this.#plan.reason : "The portal shows no list of opportunities.";
    if (state === "completed") return { ...told, kind: "not_found", reason };
    const { type: error, message, code } = this.#error ?? { type: "unexpected_state" as const, message: reason };
    if (error === "llm_error" && code !== undefined) return { ...told, kind: "failed", reason: message, error, code };
    return { ...told, kind: "failed", reason: message, error };
  }
}

const EVENTS: Readonly<Record<Exclude<Intent["kind"], "error">, AgentEvent["type"]>> = {
  extract: "extract_action",
  click: "click_action",
  press: "click_action",
  back: "click_action",
  fill: "fill_action",
  select: "fill_action",
  scroll: "scroll_action",
  scroll_to: "scroll_action",
  wait: "wait_action",
  look: "wait_action",
  done: "done_action",
};

function isOver(state: AgentState): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}
