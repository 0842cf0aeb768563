import { applyDetail, verifyEvidence, type DetailRecipe, type ExtractedValue, type Page } from "#engines/extraction";
import type { StopReason } from "../completeness.ts";
import { detailLinks } from "../learning/detail-links.ts";
import { storedValue } from "../records/read-page.ts";
import { packDetail } from "../records/pack-records.ts";
import { unpackRecords, type StoredDetail } from "../records/stored-records.ts";
import type { NewDetail } from "../runs/commit-store.ts";
import type { PageSource } from "../sources/page-source.ts";
import { inOrder, TurnTaking } from "./in-order.ts";
import { storeBytes } from "./keep-page.ts";
import { noteInteraction, type RunContext } from "./run-context.ts";
import { takePage, type Taken } from "./take-page.ts";

interface Wanted {
  readonly page: number;
  /** Of the record on its page, from 1. */
  readonly position: number;
  readonly url: string;
  readonly listUrl: string;
}

/** Follows every record to its own page. Each is a checkpoint of its own. Returns why it stopped early, or null. */
export async function harvestDetails(
  context: RunContext,
  { recipe, source }: { recipe: DetailRecipe; source: PageSource },
): Promise<StopReason | null> {
  const { request, run, onProgress } = context;
  // One visitor keeps the cookies of the way in; only plain HTTP lets it ask for several pages at a time.
  const atOnce = source.transport === "http" ? request.concurrency : 1;
  const turns = new TurnTaking(atOnce, () => Promise.resolve(source));
  for await (const wanted of wantedByPage(context, recipe.link)) {
    let done = 0;
    const taking = inOrder(wanted, atOnce, (one) => turns.use((visitor) => takeOne(context, visitor, one)));
    for await (const { one, taken } of taking) {
      if (!taken.ok && stopsAll(taken.reason)) return taken.reason;
      await context.commits.add({ detail: await detailRow(context, recipe, one, taken) });
      done += 1;
      onProgress({ kind: "detail", run, done, of: wanted.length });
    }
  }
  return null;
}

/** The records of one page after the other, without those whose page was read before a crash. */
async function* wantedByPage({ runs, run }: RunContext, column: string | undefined): AsyncGenerator<Wanted[]> {
  for await (const { number: page, url: listUrl, records } of runs.pages(run)) {
    const had = new Set((await runs.details(run, page)).map(({ position }) => position));
    const links = detailLinks(unpackRecords(records), listUrl, column);
    yield links.flatMap((url, at) =>
      url === null || had.has(at + 1) ? [] : [{ page, position: at + 1, url, listUrl }],
    );
  }
}

async function takeOne(context: RunContext, source: PageSource, one: Wanted): Promise<{ one: Wanted; taken: Taken }> {
  const step = { kind: "link", url: one.url, role: "submit", label: "" } as const;
  const taken = await takePage(context, source, { step, referer: one.listUrl });
  const [at, durationMs] = taken.ok ? [taken.fetched.capturedAt, taken.fetched.durationMs] : [context.clock(), 0];
  noteInteraction(context, { action: "detail", url: one.url, label: "", at, durationMs, ok: taken.ok, records: 0 });
  return { one, taken };
}

function stopsAll(reason: StopReason): boolean {
  return reason === "wall" || reason === "login_failed" || reason === "cancelled" || reason === "time_limit";
}

async function detailRow(context: RunContext, recipe: DetailRecipe, one: Wanted, taken: Taken): Promise<NewDetail> {
  const { page: number, position, url } = one;
  const place = { run_id: context.run, page: number, position };
  if (!taken.ok) {
    const none = { artifact: null, media_type: "", http_status: 0, captured_at: context.clock(), detail: null };
    return { ...place, url, ...none, problem: taken.message };
  }
  const { fetched, page } = taken;
  const detail = packDetail(readDetail(page, recipe, context.request.embedded));
  const artifact = await storeBytes(context, fetched);
  const { mediaType: media_type, status: http_status, capturedAt: captured_at } = fetched;
  return { ...place, url: fetched.url, artifact, media_type, http_status, captured_at, detail, problem: null };
}

/** Every value is checked against the page, as those of the list are. */
export function readDetail(page: Page, recipe: DetailRecipe, embedded: boolean): StoredDetail {
  const fields: StoredDetail["fields"] = {};
  const unverified: string[] = [];
  for (const [name, found] of Object.entries(applyDetail(recipe, page, { embedded }))) {
    const list = isList(found);
    const values = list ? found : [found];
    if (values.every((value) => verifyEvidence({ page, value }).ok))
      fields[name] = { list, values: values.map(storedValue) };
    else unverified.push(name);
  }
  return { fields, unverified };
}

function isList(found: ExtractedValue | ExtractedValue[]): found is ExtractedValue[] {
  return Array.isArray(found);
}
