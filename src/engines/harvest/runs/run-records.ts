import type { Evidence, HarvestedRecord, RecordDetail } from "../records/harvested-record.ts";
import { unpackDetail, unpackRecords, type StoredRecord, type StoredValue } from "../records/stored-records.ts";
import type { RunDetail, RunPage, RunStore } from "./run-store.ts";

/** Where the values of one page come from. */
type Origin = Pick<RunPage, "artifact" | "url" | "captured_at">;

/** The records of a run in the order they were found, a few pages in memory at a time. */
export async function* runRecords(runs: RunStore, run: string, details: boolean): AsyncGenerator<HarvestedRecord> {
  for await (const page of runs.pages(run)) {
    const found = details ? await runs.details(run, page.number) : [];
    const byPosition = new Map(found.map((detail) => [detail.position, detail]));
    for (const [at, record] of unpackRecords(page.records).entries())
      yield serve(page, at + 1, record, byPosition.get(at + 1) ?? null);
  }
}

export function recordId(run: string, page: number, position: number): string {
  return `${run}/${page}/${position}`;
}

function serve(page: RunPage, position: number, record: StoredRecord, detail: RunDetail | null): HarvestedRecord {
  const { key, text, links, unverified } = record;
  const values = Object.entries(record.fields);
  return {
    id: recordId(page.run_id, page.number, position),
    page: page.number,
    text,
    links,
    fields: Object.fromEntries(values.map(([name, { value }]) => [name, value])),
    evidence: Object.fromEntries(values.map(([name, value]) => [name, evidenceOf(page, value)])),
    unverified,
    status: unverified.length > 0 ? "unverified" : "verified",
    key,
    detail: detail ? serveDetail(detail) : null,
  };
}

function serveDetail(row: RunDetail): RecordDetail | null {
  if (!row.detail) return null;
  const { fields, unverified } = unpackDetail(row.detail);
  const found = Object.entries(fields);
  const plain = ({ list, values }: (typeof fields)[string]) =>
    list ? values.map(({ value }) => value) : (values[0]?.value ?? "");
  return {
    url: row.url,
    fields: Object.fromEntries(found.map(([name, field]) => [name, plain(field)])),
    evidence: Object.fromEntries(
      found.map(([name, { values }]) => [name, values.map((value) => evidenceOf(row, value))]),
    ),
    unverified,
  };
}

function evidenceOf({ artifact, url, captured_at: capturedAt }: Origin, value: StoredValue): Evidence {
  const { quote, path, attribute, range } = value;
  return {
    artifact,
    url,
    path,
    ...(attribute === undefined ? {} : { attribute }),
    ...(range === undefined ? {} : { range }),
    quote,
    capturedAt,
  };
}
