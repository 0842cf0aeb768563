import { z } from "zod";

export const PAGE_TYPES = ["list", "detail", "login", "error", "captcha", "unknown"] as const;

export const AGENT_ACTIONS = [
  "extract",
  "click",
  "fill",
  "select",
  "press",
  "scroll",
  "wait",
  "back",
  "look",
  "done",
  "error",
] as const;

export type AgentAction = (typeof AGENT_ACTIONS)[number];

const node = z.number().int().min(1).max(100_000);

/**
 * What a model answers: numbers of the outline, never a value, an address or a selector of its own. One flat shape, because
 * providers differ in how they take unions; which parts an action needs is checked by `judgeDecision`.
 */
export const DecisionSchema = z.object({
  pageType: z.enum(PAGE_TYPES),
  action: z.enum(AGENT_ACTIONS),
  node: node.nullable().describe("The number acted on: for click, fill, select, press and scroll."),
  choice: node.nullable().describe("For fill: the number of the input. For select: the position of the option."),
  record: node.nullable().describe("For extract: the number of one record."),
  fields: z
    .array(
      z.object({ name: z.string().max(60), node, link: z.boolean().describe("The address behind it, not its words.") }),
    )
    .max(40)
    .describe("For extract: where the values of that record stand."),
  also: z
    .array(node)
    .max(8)
    .describe("For extract: one record of each further list, where the wanted list goes on under other headings."),
  next: node.nullable().describe("For extract: the number of the control that leads to the next page."),
  reason: z.string().max(400),
  confidence: z.number().min(0).max(1),
});

export type Decision = z.infer<typeof DecisionSchema>;
