import type { BrowserPool } from "#engines/browser";
import { OPPORTUNITY_FIELDS } from "#engines/extraction";
import type { Harvester, LearnOutcome, ListHints, LogIn, Pictures } from "#engines/harvest";
import type { AskScope } from "#engines/llm";
import type { Clock, Logger } from "#kernel";
import { agentInputs } from "./agent-input.ts";
import type { RetryPolicy } from "./agent-error.ts";
import type { Adopt, ExplorationRequest, ExplorationResult } from "./exploration.ts";
import { Explorer } from "./explorer.ts";
import type { Ask } from "./question.ts";

export interface AgentOptions {
  readonly harvester: Pick<Harvester, "learn" | "adopt" | "takeTurn" | "tryLogIn">;
  /** Opened on first need. */
  readonly browsers: () => Promise<BrowserPool>;
  /** Null where no model is configured: the built-in analyser is alone. */
  readonly askFor: ((scope: AskScope) => Ask) | null;
  /** Where a request names none. */
  readonly limits?: { readonly maxPages: number; readonly maxActionsPerPage: number };
  readonly clock: Clock;
  readonly logger: Logger;
  readonly retry?: RetryPolicy;
  /** Keeps what each step showed. */
  readonly pictures?: Pictures | null;
}

/** What was learnt of a portal and who decided it. */
export type LearningResult =
  | {
      readonly kind: "learnt";
      readonly decidedBy: "analyser";
      readonly outcome: LearnOutcome;
      readonly exploration: null;
    }
  | {
      readonly kind: ExplorationResult["kind"];
      readonly decidedBy: "agent";
      readonly outcome: LearnOutcome | null;
      readonly exploration: ExplorationResult;
    };

export interface LearningRequest extends ExplorationRequest {
  /** Learn the page behind each record too. */
  readonly details?: boolean;
  readonly minDelayMs?: number;
  /** Signs in before the exploration; a model sees pages behind the log-in, never the log-in. */
  readonly logIn?: LogIn;
  /** On whose account questions go. */
  readonly scope?: AskScope;
}

/** Below this the analyser's recipe is only used when nobody can be asked. */
const SURE = 0.5;

/**
 * Learns portals: the built-in analyser goes first and costs nothing; where it is not sure, or what is wanted was said in words,
 * the agent explores the portal in a browser, and asks a model page by page what the analyser cannot tell.
 */
export class Agent {
  readonly #options: AgentOptions;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  /** Whether a model can be asked. */
  get canAsk(): boolean {
    return this.#options.askFor !== null;
  }

  async learn(request: LearningRequest): Promise<LearningResult> {
    const outcome = request.instructions === undefined ? await this.#byAnalyser(request) : null;
    if (outcome && isEnough(outcome, this.canAsk))
      return { kind: "learnt", decidedBy: "analyser", outcome, exploration: null };
    const exploration = await this.explore(request);
    if (exploration.kind !== "learnt" && outcome?.recipe && !this.#options.askFor)
      return { kind: "learnt", decidedBy: "analyser", outcome, exploration: null };
    return { kind: exploration.kind, decidedBy: "agent", outcome, exploration };
  }

  /** Goes through the portal in a browser from its address on, whatever the analyser says of the first page. */
  async explore(request: LearningRequest): Promise<ExplorationResult> {
    const { harvester, browsers, askFor, clock, logger, retry, pictures = null } = this.#options;
    const ask = askFor?.(request.scope ?? {}) ?? null;
    const { url, wish, allowHosts = [], robots = "respect", minDelayMs = 0, details = false } = request;
    const signal = request.signal ?? new AbortController().signal;
    const pace = { robots, allowHosts, minDelayMs, signal };
    const { people, logIn } = request;
    if (logIn && !logIn.session) await harvester.tryLogIn({ url, ...pace, logIn, ...(people ? { people } : {}) });
    const company = { ...(people ? { people } : {}), ...(logIn ? { logIn } : {}) };
    const also = { details, ...(wish ? { wish } : {}), ...company };
    const adopt: Adopt = (proposal, beside) => harvester.adopt({ ...proposal, ...pace, ...also, beside });
    const openSession = async () => {
      const visitor = people?.visitor ?? logIn?.session ?? null;
      const known = visitor === null ? {} : { storageState: visitor };
      return (await browsers()).openSession({ allowHosts, blockResources: false, signal, ...known });
    };
    logger.info("agent.started", { portal: new URL(url).host, mayAsk: ask !== null });
    const explorer = new Explorer(
      { ...this.#options.limits, ...request },
      {
        openSession,
        takeTurn: (to) => harvester.takeTurn({ url: to, ...pace }),
        ask,
        adopt,
        inputs: agentInputs(request, clock()),
        pictures,
        clock,
        fieldNames: wish && wish.fields.length > 0 ? wish.fields.map(({ name }) => name) : OPPORTUNITY_FIELDS,
        ...(logIn ? { redacted: (bytes: Uint8Array) => logIn.redacted(bytes) } : {}),
        ...(retry ? { retry } : {}),
      },
    );
    const result = await explorer.run();
    const { kind, steps, questions, tokens } = result;
    logger.info("agent.finished", { portal: new URL(url).host, kind, steps: steps.length, questions, tokens });
    return result;
  }

  #byAnalyser(request: LearningRequest): Promise<LearnOutcome> {
    const { url, wish, allowHosts = [], robots = "respect", minDelayMs = 0, details = false, signal } = request;
    const { people, logIn } = request;
    const company = { ...(people ? { people } : {}), ...(logIn ? { logIn } : {}) };
    const told = {
      url,
      allowHosts,
      robots,
      minDelayMs,
      details,
      ...company,
      ...hintsIn(request),
      ...searchIn(request),
    };
    return this.#options.harvester.learn({ ...told, ...(wish ? { wish } : {}), ...(signal ? { signal } : {}) });
  }
}

function searchIn({ inputs, timeZone }: LearningRequest): Pick<LearningRequest, "inputs" | "timeZone"> {
  return { ...(inputs === undefined ? {} : { inputs }), ...(timeZone === undefined ? {} : { timeZone }) };
}

function hintsIn({ listSelector, nextSelector, detailSelector, goesOn }: LearningRequest): ListHints {
  return {
    ...(listSelector === undefined ? {} : { listSelector }),
    ...(nextSelector === undefined ? {} : { nextSelector }),
    ...(detailSelector === undefined ? {} : { detailSelector }),
    ...(goesOn === undefined ? {} : { goesOn }),
  };
}

/** A wall is for people, whoever finds it. A doubt is worth a question where somebody can be asked, and a note where not. */
function isEnough({ recipe, confidence, doubts, wall }: LearnOutcome, canAsk: boolean): boolean {
  if (wall !== null || recipe === null) return wall !== null;
  return canAsk ? doubts.length === 0 : confidence >= SURE;
}
