import { z } from "zod";
import type { HarvestStep } from "#engines/harvest";

export const ACTIONS = ["navigate", "click", "scroll", "extract", "wait", "fill", "analyze"] as const;

export const TargetSchema = z.object({
  type: z.string().describe("button, link, form …"),
  selector: z.string().optional(),
  visualDescription: z.string(),
});

/** One step of a job, in the documented shape. Times are in milliseconds. */
export interface Interaction {
  step: number;
  at: Date;
  action: (typeof ACTIONS)[number];
  description: string;
  target: z.infer<typeof TargetSchema> | null;
  result: "success" | "failure" | "partial";
  error: string | null;
  screenshot: string | null;
  durationMs: number;
  llmTokensUsed: number | null;
}

const ACTION: Readonly<Record<HarvestStep["action"], Interaction["action"]>> = {
  open: "navigate",
  link: "navigate",
  form: "fill",
  click: "click",
  scroll: "scroll",
  fill: "fill",
  select: "fill",
  consent: "click",
  entry: "click",
  frame: "navigate",
  detail: "navigate",
  wall: "wait",
};

const DOING: Readonly<Record<HarvestStep["action"], string>> = {
  open: "Opened the list",
  link: "Followed a link",
  form: "Sent a form",
  click: "Clicked",
  scroll: "Scrolled for more",
  fill: "Filled a field on the way in",
  select: "Chose an option on the way in",
  consent: "Accepted a notice on the way in",
  entry: "Took a step of the way in",
  frame: "Read an embedded frame",
  detail: "Opened a record's own page",
  wall: "A person cleared a wall",
};

const TARGET: Readonly<Partial<Record<HarvestStep["action"], string>>> = {
  link: "link",
  form: "form",
  click: "button",
  consent: "button",
  frame: "frame",
  detail: "link",
};

/** Tells what the harvest did in the documented words. No model was asked, hence no tokens. */
export function interactionsOf(steps: readonly HarvestStep[]): Interaction[] {
  return steps.map((step, index) => {
    const type = TARGET[step.action];
    return {
      step: index + 1,
      at: step.at,
      action: ACTION[step.action],
      description: describe(step),
      target: type === undefined ? null : { type, visualDescription: step.label || step.url },
      result: step.ok ? "success" : "failure",
      error: step.ok ? null : (step.stopped ?? "failed"),
      screenshot: step.picture ?? null,
      durationMs: Math.max(0, Math.round(step.durationMs)),
      llmTokensUsed: null,
    };
  });
}

function describe({ action, label, url, records, ok }: HarvestStep): string {
  const found = records > 0 ? `, ${records} new record${records === 1 ? "" : "s"}` : "";
  return `${DOING[action]}${label ? ` "${label}"` : ""}${ok ? "" : " without success"}: ${url}${found}`;
}

/** An interaction as the documents spell it: absent where nothing is known. */
export const DocumentedInteractionSchema = z
  .object({
    step: z.int(),
    timestamp: z.iso.datetime(),
    action: z.enum(ACTIONS),
    description: z.string(),
    target: TargetSchema.optional(),
    result: z.enum(["success", "failure", "partial"]),
    error: z.string().optional(),
    screenshot: z.string().optional().describe("SHA-256 of the stored picture, see /api/v1/artifacts."),
    duration: z.number().describe("Milliseconds."),
    llmTokensUsed: z.int().optional(),
  })
  .meta({ id: "Interaction" });
export type DocumentedInteraction = z.infer<typeof DocumentedInteractionSchema>;

export function documentedInteraction(interaction: Interaction): DocumentedInteraction {
  const { step, at, action, description, target, result, error, screenshot, durationMs, llmTokensUsed } = interaction;
  return {
    step,
    timestamp: at.toISOString(),
    action,
    description,
    ...(target ? { target } : {}),
    result,
    ...(error === null ? {} : { error }),
    ...(screenshot === null ? {} : { screenshot }),
    duration: durationMs,
    ...(llmTokensUsed === null ? {} : { llmTokensUsed }),
  };
}
