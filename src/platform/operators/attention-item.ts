import type { JsonObject } from "#kernel";
import { AttentionResolved, AttentionTaken } from "./errors.ts";

interface Item {
  readonly id: string;
  /** What sort of matter: `wall`, `heal`, `session` … */
  readonly kind: string;
  /** What it is about, for example `scrape-job:<id>`. At most one item of a kind is unresolved for a subject. */
  readonly subject: string;
  /** One sentence for the person who looks. */
  readonly reason: string;
  readonly details: JsonObject;
  readonly openedAt: Date;
}

export type OpenItem = Item & { readonly state: "open" };
export type ClaimedItem = Item & { readonly state: "claimed"; readonly claimedBy: string; readonly claimedAt: Date };
export type ResolvedItem = Item & {
  readonly state: "resolved";
  readonly claimedBy: string | null;
  readonly resolvedBy: string;
  readonly resolvedAt: Date;
  /** What the person decided or did. */
  readonly resolution: string;
};

/** Something that needs a person. `open → claimed → resolved`; it may also be resolved at once, or given back. */
export type AttentionItem = OpenItem | ClaimedItem | ResolvedItem;

/** Takes it on. Whoever has it already may say so again; another person needs `takeOver`. */
export function claim(item: AttentionItem, by: string, now: Date, takeOver = false): ClaimedItem {
  if (item.state === "resolved") throw new AttentionResolved(item.id);
  if (item.state === "claimed" && item.claimedBy !== by && !takeOver) throw new AttentionTaken(item.id, item.claimedBy);
  return { ...matter(item), state: "claimed", claimedBy: by, claimedAt: now };
}

export function giveBack(item: AttentionItem): OpenItem {
  if (item.state === "resolved") throw new AttentionResolved(item.id);
  return { ...matter(item), state: "open" };
}

export function resolve(item: AttentionItem, by: string, resolution: string, now: Date): ResolvedItem {
  if (item.state === "resolved") throw new AttentionResolved(item.id);
  const claimedBy = item.state === "claimed" ? item.claimedBy : null;
  return { ...matter(item), state: "resolved", claimedBy, resolvedBy: by, resolvedAt: now, resolution };
}

function matter({ id, kind, subject, reason, details, openedAt }: AttentionItem): Item {
  return { id, kind, subject, reason, details, openedAt };
}
