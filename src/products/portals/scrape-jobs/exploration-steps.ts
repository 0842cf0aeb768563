import type { AgentStep } from "#engines/agent";
import type { Interaction } from "./interaction.ts";

const ACTION: Readonly<Record<string, Interaction["action"]>> = {
  navigate: "navigate",
  back: "navigate",
  click: "click",
  press: "click",
  fill: "fill",
  select: "fill",
  scroll: "scroll",
  scroll_to: "scroll",
  wait: "wait",
  extract: "extract",
};

/** Tells what the agent did before the harvest in the documented words, with what its questions took. */
export function explorationSteps(steps: readonly AgentStep[]): Interaction[] {
  return steps.map((step, index) => ({
    step: index + 1,
    at: step.at,
    action: ACTION[step.action] ?? "analyze",
    description: describe(step),
    target: step.label === "" ? null : { type: "element", visualDescription: step.label },
    result: step.ok ? "success" : "failure",
    error: step.ok ? null : (step.error ?? "refused"),
    screenshot: step.picture,
    durationMs: step.durationMs,
    llmTokensUsed: step.decidedBy === "model" ? step.tokens : null,
  }));
}

function describe({ state, action, label, reason, decidedBy }: AgentStep): string {
  const decided = decidedBy === null ? "" : ` (decided by the ${decidedBy})`;
  const on = label === "" ? "" : ` "${label}"`;
  const why = reason === "" ? "" : `: ${reason}`;
  return `${state}: ${action}${on}${decided}${why}`.slice(0, 500);
}
