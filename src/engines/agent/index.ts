export { Agent, type AgentOptions, type LearningRequest, type LearningResult } from "./agent.ts";
export { agentChart, type AgentEvent, type AgentState } from "./agent-chart.ts";
export { AGENT_ERRORS, type AgentErrorType, type RetryPolicy } from "./agent-error.ts";
export { askModel } from "./ask-model.ts";
export { DecisionSchema, type Decision } from "./decision.ts";
export { NobodyToAsk } from "./errors.ts";
export type { AgentStep, ExplorationRequest, ExplorationResult } from "./exploration.ts";
export type { Advice, Ask, Question } from "./question.ts";
export type { AgentInput } from "./agent-input.ts";
