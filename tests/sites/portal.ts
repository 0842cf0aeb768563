import type { AskedInput } from "#engines/extraction";
import { startSite, type LocalSite, type SiteHandler } from "./local-site.ts";

/** What of a record is right, in its normal form. Dates are ISO, amounts `12500 EUR`, addresses paths of the site. */
export interface TrueRecord {
  /** Words that stand in this record and in no other. */
  readonly mark: string;
  /** By the fields of an opportunity; null where the page has none for this record. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** What a visit of a portal must come to. */
export interface PortalTruth {
  /** In the order of the list. */
  readonly records: readonly TrueRecord[];
  readonly completeness: "complete" | "incomplete" | "unknown";
  /** Why the visit stops; left out where several reasons are as good. */
  readonly stopped?: string;
  /** The kind of wall that must be told: `login`, `captcha`, `challenge`, `limit`. */
  readonly wall?: string;
  /** The error that must be thrown, where the portal cannot be had at all. */
  readonly error?: string;
}

/** A local portal with its truth. */
export interface Portal {
  readonly name: string;
  /** What it is there for: `static table`, `infinite scroll` … */
  readonly kind: string;
  /** What has to be there to reach the truth. `person`: nothing passes, and the visit must say why. */
  readonly needs: "nothing" | "browser" | "model" | "person";
  /** Where its list is asked for, from `/` on. */
  readonly path: string;
  /** A site of its own, as it is before the first visit. */
  open(): SiteHandler;
  readonly truth: PortalTruth;
  /** Read the page of each record too; `truth` then has the fields of both. */
  readonly details?: true;
  /** Who visits has an account here, and this is what they know of it; absent: they come as strangers. */
  readonly account?: { readonly password?: string; readonly hasCodes?: boolean };
  /** What its search form is asked by whoever visits. */
  readonly inputs?: readonly AskedInput[];
  /** What is wanted, in a person's words; such a portal is explored by the agent. */
  readonly wanted?: string;
}

export interface OpenPortal extends LocalSite {
  /** The whole address to begin at. */
  readonly entry: string;
}

export async function startPortal(portal: Pick<Portal, "open" | "path">): Promise<OpenPortal> {
  const site = await startSite(portal.open());
  return { ...site, entry: `${site.url}${portal.path}` };
}
