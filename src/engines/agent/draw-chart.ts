import { agentChart } from "./agent-chart.ts";

/** The chart as lines of text, `state ── events ─▶ state`, for the module's README. */
export function drawChart(): string {
  return Object.entries(agentChart.states)
    .flatMap(([name, state]) => linesOf(name, [...state.transitions.values()].flat()))
    .join("\n");
}

type Exit =
  ReturnType<(typeof agentChart)["states"]["idle"]["transitions"]["get"]> extends (infer One)[] | undefined
    ? One
    : never;

function linesOf(name: string, exits: readonly Exit[]): string[] {
  const byTarget = new Map<string, string[]>();
  for (const { eventType, target, guard } of exits) {
    const to = target?.[0]?.key ?? name;
    const event = typeof guard === "string" ? `${eventType} [${guard}]` : eventType;
    byTarget.set(to, [...(byTarget.get(to) ?? []), event]);
  }
  return [...byTarget].map(
    ([to, events], at) => `${(at === 0 ? name : "").padEnd(13)}── ${events.join(", ")} ─▶ ${to}`,
  );
}
