import { assign, setup, type SnapshotFrom } from "xstate";

/** What can happen to an agent. Names as in the requirement document; what it lacks is at the end. */
export type AgentEvent =
  | { readonly type: "start" }
  | { readonly type: "page_loaded" }
  | { readonly type: "timeout" }
  | { readonly type: "extract_action" }
  | { readonly type: "click_action" }
  | { readonly type: "scroll_action" }
  | { readonly type: "navigate_action" }
  | { readonly type: "done_action" }
  | { readonly type: "error_action" }
  | { readonly type: "success" }
  | { readonly type: "page_changed" }
  | { readonly type: "page_same" }
  | { readonly type: "content_loaded" }
  | { readonly type: "recovered" }
  | { readonly type: "unrecoverable" }
  | { readonly type: "reset" }
  | { readonly type: "learnt" }
  | { readonly type: "fill_action" }
  | { readonly type: "wait_action" }
  | { readonly type: "failure" }
  | { readonly type: "wall" }
  | { readonly type: "person_cleared" }
  | { readonly type: "cancel" };

interface AgentContext {
  /** Where recovering leads back to. */
  readonly before: "navigating" | "analyzing";
  readonly recoveries: number;
}

/** After so many recoveries an error ends the exploration. */
export const MOST_RECOVERIES = 3;

const STOPS = { wall: "needs_person", cancel: "cancelled" } as const;

/**
 * The agent's states: idle → navigating → analyzing → one action → analyzing or navigating, until the list is learnt.
 * Pure: `transition(agentChart, snapshot, event)` gives the next snapshot, whoever runs it does what the state says.
 */
export const agentChart = setup({
  types: { context: {} as AgentContext, events: {} as AgentEvent },
  guards: {
    mayRecover: ({ context }) => context.recoveries < MOST_RECOVERIES,
    wasNavigating: ({ context }) => context.before === "navigating",
  },
  actions: {
    cameFromNavigating: assign({ before: "navigating", recoveries: ({ context }) => context.recoveries + 1 }),
    cameFromAnalyzing: assign({ before: "analyzing", recoveries: ({ context }) => context.recoveries + 1 }),
  },
}).createMachine({
  id: "agent",
  initial: "idle",
  context: { before: "navigating", recoveries: 0 },
  states: {
    idle: { on: { start: "navigating", cancel: "cancelled" } },
    navigating: {
      on: {
        page_loaded: "analyzing",
        timeout: [{ guard: "mayRecover", target: "recovering", actions: "cameFromNavigating" }, { target: "failed" }],
        ...STOPS,
      },
    },
    analyzing: {
      on: {
        extract_action: "extracting",
        click_action: "clicking",
        scroll_action: "scrolling",
        fill_action: "filling",
        wait_action: "waiting",
        navigate_action: "navigating",
        learnt: "completed",
        done_action: "completed",
        error_action: "failed",
        failure: [{ guard: "mayRecover", target: "recovering", actions: "cameFromAnalyzing" }, { target: "failed" }],
        ...STOPS,
      },
    },
    extracting: { on: { success: "analyzing", learnt: "completed", failure: "analyzing", ...STOPS } },
    clicking: acting(),
    filling: acting(),
    waiting: acting(),
    scrolling: { on: { content_loaded: "analyzing", page_same: "analyzing", ...failing(), ...STOPS } },
    recovering: {
      on: {
        recovered: [{ guard: "wasNavigating", target: "navigating" }, { target: "analyzing" }],
        unrecoverable: "failed",
        ...STOPS,
      },
    },
    needs_person: { on: { person_cleared: "analyzing", unrecoverable: "failed", cancel: "cancelled" } },
    completed: { on: { reset: "idle" } },
    failed: { on: { reset: "idle" } },
    cancelled: { on: { reset: "idle" } },
  },
});

function acting() {
  return { on: { page_changed: "navigating", page_same: "analyzing", ...failing(), ...STOPS } } as const;
}

function failing() {
  return {
    failure: [{ guard: "mayRecover", target: "recovering", actions: "cameFromAnalyzing" }, { target: "failed" }],
  } as const;
}

export type AgentSnapshot = SnapshotFrom<typeof agentChart>;
export type AgentState = AgentSnapshot["value"];
