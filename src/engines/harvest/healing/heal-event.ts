import { z } from "zod";
import { type HealProof, RecipeSchema, type Recipe } from "#engines/extraction";

const ProofSchema: z.ZodType<HealProof> = z.object({
  paired: z.number(),
  known: z.number(),
  now: z.number(),
  agreement: z.number(),
  kept: z.array(z.string()),
  lost: z.array(z.string()),
  gone: z.array(z.string()).default([]),
  reproduced: z.number(),
  snapshots: z.number(),
});

/** What the ledger of a recipe says of a change that was healed with proof. */
export const HealedBodySchema = z.object({
  from: z.int(),
  to: z.int(),
  artifact: z.string().nullable(),
  proof: ProofSchema,
});

/** What it says of a change that waits for a person. A proposal of an older program that no longer reads is none. */
export const RefusedBodySchema = z.object({
  version: z.int(),
  artifact: z.string().nullable(),
  reasons: z.array(z.string()),
  proof: ProofSchema.nullable(),
  proposal: RecipeSchema.nullable().catch(null),
});

/** What a person decided about one of the two. */
export const DecisionBodySchema = z.object({
  event: z.int(),
  by: z.string(),
  note: z.string().nullable(),
  /** The version that came of it. */
  version: z.int().nullable(),
});

/** Where a healing stands. */
export type HealState =
  /** Proven by stored pages, and in use. */
  | "healed"
  /** Cannot be proven: a person decides. */
  | "waiting"
  | "approved"
  | "rejected"
  /** Was in use until a person took it back. */
  | "undone"
  /** The recipe has changed since: there is nothing left to decide. */
  | "outdated";

/** One change of a page, and what became of the recipe. */
export interface HealEntry {
  /** Place in the ledger of all recipes. */
  readonly id: number;
  readonly recipeId: string;
  readonly at: Date;
  readonly state: HealState;
  readonly fromVersion: number;
  /** Version that came of it; null while there is none. */
  readonly toVersion: number | null;
  /** Why it was left to a person. */
  readonly reasons: readonly string[];
  readonly proof: HealProof | null;
  /** SHA-256 of the stored bytes of the changed page. */
  readonly artifact: string | null;
  readonly decision: { readonly by: string; readonly at: Date; readonly note: string | null } | null;
  /** What would be, or is, used; null when nothing was found. */
  readonly proposal: Recipe | null;
}
