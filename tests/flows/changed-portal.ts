import { vi } from "vitest";
import { BEFORE, CHANGES, changed, type Change } from "../sites/changing-portals.ts";
import { designedSite, LIST } from "../sites/designed-site.ts";
import { columnsOf, isSame, pairsOf, type Visit } from "../sites/judge-visit.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { notices, trueRecord } from "../sites/notices.ts";
import type { TestApi } from "../api/open-test-api.ts";

/** What became of a job on a changed portal, measured against what is true after the change. */
export interface AfterChange {
  /** `read`: the recipe still fits; `healed`: with proof; `waits`: a person is asked; `poorer`: something is missing, and nobody says so. */
  readonly outcome: "read" | "healed" | "waits" | "poorer";
  /** Values that stand in the column of a field and are not that field's, or records that are none. */
  readonly wrong: readonly string[];
  readonly missing: readonly string[];
  readonly reasons: readonly string[];
  readonly completeness: string;
}

/** A site that can be exchanged between two visits. */
export interface Stage {
  readonly url: string;
  show(handle: SiteHandler): void;
}

/** Learns a portal in one job, changes it, and lets the next job go there: queue, harvest, healing and all. */
export async function visitChanged(
  { api, as, harvester }: TestApi,
  stage: Stage,
  [portal, change]: readonly [string, string],
  changes: Readonly<Record<string, Change>> = CHANGES,
): Promise<AfterChange> {
  const before = BEFORE[portal];
  const how = changes[change];
  if (!before || !how) throw new Error("There is no such case.");
  const id = `${portal} ${change}`.replace(/[^a-z]+/g, "-");
  const rows = notices(before.tongue, before.count);
  stage.show(designedSite(rows, before));
  const then = await visit("then");
  const columns = columnsOf(
    pairsOf(
      rows.map((row) => trueRecord(row, before.tongue)),
      then.records,
    ),
  );
  const { handle, truth } = changed(before, how);
  stage.show(handle);
  const now = await visit("now");
  const pairs = pairsOf(truth, now.records);
  const values = pairs.flatMap(({ record, found }) =>
    [...columns].flatMap(([key, { column }]) => {
      const [is, should] = [column === null ? undefined : found[column], record.fields[key] ?? null];
      if (column === null || isSame(key, should, is)) return [];
      return [{ isWrong: is !== undefined, text: `${record.mark}: ${column} is ${String(is)}, not ${String(should)}` }];
    }),
  );
  const surplus = now.records.length - pairs.length;
  const wrong = [
    ...values.filter(({ isWrong }) => isWrong).map(({ text }) => text),
    ...(surplus > 0 ? [`${surplus} records are none`] : []),
  ];
  const missing = [
    ...values.filter(({ isWrong }) => !isWrong).map(({ text }) => text),
    ...(pairs.length < truth.length ? [`${truth.length - pairs.length} records`] : []),
  ];
  const healed = now.events.find(({ kind }) => kind === "job.healed")?.data;
  const waits = healed?.["outcome"] === "unsure";
  const outcome = waits ? "waits" : missing.length > 0 ? "poorer" : healed ? "healed" : "read";
  return { outcome, wrong, missing, reasons: healed?.["reasons"] ?? [], completeness: now.completeness };

  async function visit(when: string) {
    const jobId = `${id}-${when}`;
    const payload = { jobId, url: `${stage.url}${LIST}`, portalId: id, configuration: {} };
    const headers = as("operator");
    const reply = await api.inject({ method: "POST", url: "/scrape", headers, payload });
    if (reply.statusCode !== 202) throw new Error(reply.body);
    const body = await vi.waitFor(
      async () => {
        const status = (await api.inject({ url: `/status/${jobId}`, headers })).json();
        if (!["completed", "failed"].includes(status.status)) throw new Error(`The job is still ${status.status}.`);
        return status;
      },
      { timeout: 60_000, interval: 50 },
    );
    const events: { kind: string; data: Record<string, unknown> & { reasons?: string[] } }[] = (
      await api.inject({ url: `/api/v1/jobs/${jobId}/events`, headers })
    ).json().items;
    const records: Visit["records"][number][] = [];
    for await (const { text, fields } of harvester.records(body.run)) records.push({ text, fields });
    return { records, events, completeness: String(body.completeness?.state) };
  }
}
