import type { FreshRecords } from "../records/fresh-records.ts";
import type { Commit, NewKnownPage, NewPage } from "../runs/commit-store.ts";
import type { Checkpoint } from "../runs/run.ts";
import type { FetchedPage } from "../sources/page-source.ts";
import { actionOf, labelOf, plainAddress, stepKey } from "../walk/walk-step.ts";
import type { RunContext } from "./run-context.ts";

/** Stores the bytes of a page. Resolves when they are durable: no record is accepted before. */
export async function storeBytes(context: RunContext, fetched: FetchedPage): Promise<string | null> {
  if (!context.request.evidence) return null;
  if (fetched.reusedArtifact !== null) return fetched.reusedArtifact;
  const info = { mediaType: fetched.mediaType || "text/html", kind: "page" as const, sourceUrl: fetched.url };
  return (await context.artifacts.put(fetched.bytes, info)).sha256;
}

export interface KeptPage {
  readonly number: number;
  readonly fetched: FetchedPage;
  readonly fresh: FreshRecords;
  /** Of the page, known ones included. */
  readonly recordCount: number;
  readonly artifact: string | null;
  readonly checkpoint?: Checkpoint;
}

/** Makes a page count: resolves when it is committed with its records and the state of the walk. */
export async function keepPage(context: RunContext, kept: KeptPage): Promise<void> {
  const known = knownRow(context, kept);
  const commit: Commit = {
    page: pageRow(context, kept),
    ...(known ? { known } : {}),
    ...(kept.checkpoint ? { checkpoint: kept.checkpoint } : {}),
  };
  await context.commits.add(commit);
}

function pageRow({ run }: RunContext, { number, fetched, fresh, recordCount, artifact }: KeptPage): NewPage {
  const { step } = fetched;
  return {
    run_id: run,
    number,
    url: fetched.url,
    step_key: stepKey(step),
    action: actionOf(step),
    label: labelOf(step),
    duration_ms: Math.round(fetched.durationMs),
    artifact,
    media_type: fetched.mediaType,
    http_status: fetched.status,
    captured_at: fetched.capturedAt,
    reused: fetched.reusedArtifact !== null,
    record_count: fresh.count,
    duplicate_count: recordCount - fresh.count,
    unverified_count: fresh.unverified,
    records: fresh.packed,
  };
}

/** Remembers how to ask for a page again. Only addresses that were asked for plainly can be asked for again. */
function knownRow({ recipeId }: RunContext, { fetched, artifact }: KeptPage): NewKnownPage | null {
  const { step, validators, mediaType, capturedAt } = fetched;
  const address = plainAddress(step);
  if (!validators || artifact === null || address === null) return null;
  return {
    recipe_id: recipeId,
    url: address,
    etag: validators.etag ?? null,
    last_modified: validators.lastModified ?? null,
    artifact,
    media_type: mediaType,
    seen_at: capturedAt,
  };
}
