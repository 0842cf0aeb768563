import type { Clock, Logger, Telemetry } from "#kernel";
import type { Config } from "#platform/config";
import type { Agent } from "#engines/agent";
import type { LlmStatus } from "#engines/llm";
import type { Closing } from "./closing.ts";
import type { Workbench } from "./workbench.ts";

export interface AgentParts {
  config: Config;
  logger: Logger;
  telemetry: Telemetry;
  clock: Clock;
  workbench: Workbench;
  closing: Closing;
}

/** The agent with the models it may ask. */
export interface OpenedAgent {
  readonly agent: Agent;
  /** How the models do, for the health report. */
  readonly models: () => LlmStatus;
  /** Forgets answers that are too old to be given again. */
  readonly removeExpired: () => Promise<number>;
}

/** Null where no model is configured. The packages of the providers load only where one is. */
export async function openAgent({ config, closing, workbench, ...parts }: AgentParts): Promise<OpenedAgent | null> {
  declareModelMetrics(parts.telemetry);
  if (!config.llm) return null;
  const [{ TrustedClient }, { openLlm }, { Agent, askModel }] = await Promise.all([
    import("#platform/egress"),
    import("#engines/llm"),
    import("#engines/agent"),
  ]);
  const { database, harvester, browsers, pictures } = workbench;
  const client = closing.add(new TrustedClient({ timeoutMs: config.llm.timeoutMs }));
  const llm = openLlm({ ...config.llm, db: database.db, client, ...parts });
  const { clock, logger } = parts;
  const limits = { maxPages: config.scraping.maxPages, maxActionsPerPage: config.scraping.maxActionsPerPage };
  const agent = new Agent({ harvester, browsers, askFor: askModel(llm), limits, pictures, clock, logger });
  return { agent, models: () => llm.status, removeExpired: () => llm.removeExpired() };
}

/** There without a model too, so that dashboards and alerts find the documented names. */
function declareModelMetrics(telemetry: Telemetry): void {
  telemetry.counter("llm_tokens_used", {
    help: "Tokens that models were sent and gave back",
    labels: ["provider", "direction"],
  });
  telemetry.histogram("llm_latency_seconds", {
    help: "Time until a model answered, retries and repairs included",
    labels: ["provider"],
    buckets: [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120],
  });
}
