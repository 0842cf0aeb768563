import type { Artifacts } from "#platform/artifacts";
import type { BrowserPool } from "#engines/browser";
import { EvidenceNotFound } from "../errors.ts";
import { parseFetched } from "../records/read-page.ts";
import { shownStored } from "./shown-stored.ts";
import { unpackDetail, unpackRecords } from "../records/stored-records.ts";
import type { RunPage, RunStore } from "../runs/run-store.ts";

export interface ShotRequest {
  /** Id of a record, `<run>/<page>/<position>`. */
  readonly record: string;
  readonly field: string;
  /** The value stands on the record's own page. */
  readonly detail?: boolean;
  readonly signal?: AbortSignal;
}

export interface EvidenceShot {
  /** PNG. */
  readonly bytes: Uint8Array;
  readonly artifact: string;
  readonly path: string;
}

export interface ShotDeps {
  readonly runs: RunStore;
  readonly artifacts: Artifacts;
  readonly browsers: () => Promise<BrowserPool>;
}

/** A picture of a stored page with a box around the node of one value. Nothing is asked for and no script runs. */
export async function screenshotOf(
  { runs, artifacts, browsers }: ShotDeps,
  request: ShotRequest,
): Promise<EvidenceShot> {
  const { record, field, signal } = request;
  const place = await findPlace(runs, request);
  const stored = place.artifact === null ? null : await artifacts.get(place.artifact);
  if (!stored || place.artifact === null) throw new EvidenceNotFound(record, field);
  const { bytes: kept } = stored;
  const page = parseFetched({ bytes: kept, url: place.url, mediaType: place.mediaType });
  const { html, box } = shownStored({ page, bytes: kept }, place);
  const pool = await browsers();
  const session = await pool.openSession({ blockResources: false, ...(signal ? { signal } : {}) });
  try {
    const options = signal ? { signal } : {};
    await session.showStored({ html, url: place.url }, options);
    const bytes = await session.screenshot({ ...options, box, fullPage: true });
    return { bytes, artifact: place.artifact, path: place.path };
  } finally {
    await session.close();
  }
}

interface Place {
  readonly artifact: string | null;
  readonly url: string;
  readonly mediaType: string;
  readonly path: string;
  readonly range: readonly [number, number] | undefined;
}

async function findPlace(runs: RunStore, { record, field, detail = false }: ShotRequest): Promise<Place> {
  const [run = "", page = "", position = ""] = record.split("/");
  const row = /^\d{1,9}$/.test(page) ? await runs.page(run, Number(page)) : null;
  const place = row && (detail ? await inDetail(runs, row, { position, field }) : inList(row, { position, field }));
  if (!place) throw new EvidenceNotFound(record, field);
  return place;
}

function inList(row: RunPage, { position, field }: { position: string; field: string }): Place | null {
  const value = unpackRecords(row.records)[Number(position) - 1]?.fields[field];
  if (!value) return null;
  return { artifact: row.artifact, url: row.url, mediaType: row.media_type, path: value.path, range: value.range };
}

async function inDetail(
  runs: RunStore,
  row: RunPage,
  { position, field }: { position: string; field: string },
): Promise<Place | null> {
  const found = (await runs.details(row.run_id, row.number)).find((one) => one.position === Number(position));
  const value = found?.detail ? unpackDetail(found.detail).fields[field]?.values[0] : undefined;
  if (!found || !value) return null;
  return {
    artifact: found.artifact,
    url: found.url,
    mediaType: found.media_type,
    path: value.path,
    range: value.range,
  };
}
