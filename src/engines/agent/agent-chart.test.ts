import { describe, expect, it } from "vitest";
import { initialTransition, transition } from "xstate";
import { agentChart, MOST_RECOVERIES, type AgentEvent, type AgentSnapshot, type AgentState } from "./agent-chart.ts";

function after(...events: AgentEvent["type"][]): AgentState {
  let [snapshot]: [AgentSnapshot, ...unknown[]] = initialTransition(agentChart);
  for (const type of events) [snapshot] = transition(agentChart, snapshot, { type });
  return snapshot.value;
}

describe("the agent's chart", () => {
  it.each<[AgentState, AgentEvent["type"][]]>([
    ["navigating", ["start"]],
    ["analyzing", ["start", "page_loaded"]],
    ["recovering", ["start", "timeout"]],
    ["extracting", ["start", "page_loaded", "extract_action"]],
    ["clicking", ["start", "page_loaded", "click_action"]],
    ["scrolling", ["start", "page_loaded", "scroll_action"]],
    ["completed", ["start", "page_loaded", "done_action"]],
    ["failed", ["start", "page_loaded", "error_action"]],
    ["analyzing", ["start", "page_loaded", "extract_action", "success"]],
    ["navigating", ["start", "page_loaded", "click_action", "page_changed"]],
    ["analyzing", ["start", "page_loaded", "click_action", "page_same"]],
    ["analyzing", ["start", "page_loaded", "scroll_action", "content_loaded"]],
    ["failed", ["start", "timeout", "unrecoverable"]],
    ["idle", ["start", "page_loaded", "done_action", "reset"]],
    ["idle", ["start", "page_loaded", "error_action", "reset"]],
  ])("is %s after %s, as the requirement has it", (state, events) => {
    expect(after(...events)).toBe(state);
  });

  it("goes back to where it was when it recovered", () => {
    expect(after("start", "timeout", "recovered")).toBe("navigating");
    expect(after("start", "page_loaded", "click_action", "failure", "recovered")).toBe("analyzing");
  });

  it("fails after the last recovery", () => {
    const again: AgentEvent["type"][] = ["timeout", "recovered"];
    const recovered = Array.from({ length: MOST_RECOVERIES }, () => again).flat();
    expect(after("start", ...recovered)).toBe("navigating");
    expect(after("start", ...recovered, "timeout")).toBe("failed");
  });

  it("waits for a person at a wall, and can be cancelled anywhere", () => {
    expect(after("start", "page_loaded", "wall")).toBe("needs_person");
    expect(after("start", "page_loaded", "wall", "person_cleared")).toBe("analyzing");
    for (const state of Object.keys(agentChart.states)) {
      const isOver = ["completed", "failed", "cancelled"].includes(state);
      const node = Object.entries(agentChart.states).find(([name]) => name === state)?.[1];
      expect(node?.transitions.has("cancel"), state).toBe(!isOver);
    }
  });
});
