import type { StopReason } from "../completeness.ts";
import { freshOf, type FreshRecords } from "../records/fresh-records.ts";
import type { PageDigest } from "../records/page-digest.ts";
import { PageReaders } from "../records/page-readers.ts";
import { parseFetched } from "../records/read-page.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import type { WalkStep } from "../walk/walk-step.ts";
import type { WalkState } from "../walk/walk-state.ts";
import { inOrder, TurnTaking } from "./in-order.ts";
import { keepPage, storeBytes } from "./keep-page.ts";
import { note, noteDrift, noteInteraction, type RunContext } from "./run-context.ts";
import { fetchPage, wallAt, type NotTaken } from "./take-page.ts";

/** How many pages per running request may wait for their turn to be read. */
const AHEAD = 3;
/** How many pages per running request may wait for their commit. */
const UNCOMMITTED = 8;

interface Listed {
  readonly url: string;
  /** Number of the page within the run: its place in the list of addresses. */
  readonly number: number;
  /** One page tells the declared total; the way on is known. */
  readonly tellsTotal: boolean;
}

export interface AddressesEnd {
  readonly walk: WalkState;
  readonly stopped: StopReason;
  readonly scripted: boolean;
}

/**
 * Harvests list pages whose addresses are known. They are asked for and parsed side by side but counted in their order,
 * so that which of two alike records counts does not depend on the network, and a resumed run gives the same records.
 */
export async function harvestAddresses(
  context: RunContext,
  { addresses, done, walk }: { addresses: readonly string[]; done: ReadonlySet<number>; walk: WalkState },
): Promise<AddressesEnd> {
  const { concurrency, maxPages } = context.request;
  const numbered = addresses.map((url, at) => ({ url, number: at + 1 })).filter(({ number }) => !done.has(number));
  const missing = numbered.map((listed, at) => ({ ...listed, tellsTotal: at === 0 }));
  const work = missing.slice(0, Math.max(0, maxPages - done.size));
  const sources = new TurnTaking(concurrency, () => context.openSource(null));
  const readers = new PageReaders({ recipe: context.recipe, embedded: context.request.embedded }, context.threads);
  const end: { walk: WalkState; stopped: StopReason | null } = { walk, stopped: null };
  const keeping = new Set<Promise<void>>();
  try {
    const take = (listed: Listed) => takeOne(context, { listed, sources, readers });
    for await (const taken of inOrder(work, concurrency * AHEAD, take)) {
      const counted = countOne(context, taken, end.walk);
      end.walk = counted.walk;
      if (counted.keep) remember(keeping, counted.keep);
      const [oldest] = keeping;
      if (keeping.size > concurrency * UNCOMMITTED) await soon(context, oldest);
      end.stopped = counted.stop;
      if (end.stopped) break;
    }
    for (const kept of keeping) await soon(context, kept);
  } finally {
    await Promise.all([readers.close(), ...sources.opened.map((source) => source.close())]);
  }
  const stopped = end.stopped ?? (work.length < missing.length ? "page_limit" : "last_page");
  return { walk: end.walk, stopped, scripted: false };
}

/** Until it is durable. A page whose commit failed stays: whoever waits for it sees its failure. */
function remember(keeping: Set<Promise<void>>, keep: Promise<void>): void {
  keeping.add(keep);
  keep.then(
    () => keeping.delete(keep),
    () => undefined,
  );
}

/** Waits for a page to be durable, and lets its commit not wait for company. */
function soon({ commits }: RunContext, kept: Promise<void> | undefined): Promise<void> | undefined {
  commits.hurry();
  return kept;
}

type TakenOne = { readonly listed: Listed } & (
  { readonly ok: true; readonly fetched: FetchedPage; readonly digest: PageDigest } | NotTaken
);

interface Taking {
  readonly listed: Listed;
  readonly sources: TurnTaking<PageSource>;
  readonly readers: PageReaders;
}

async function takeOne(context: RunContext, { listed, sources, readers }: Taking): Promise<TakenOne> {
  const step: WalkStep = { kind: "open", url: listed.url };
  const answered = await sources.use((source) => fetchPage(context, source, { step, referer: null }));
  if (!answered.ok) return { listed, ...answered };
  const { fetched } = answered;
  const read = await readers.read({ source: fetched, pagination: listed.tellsTotal });
  if (!read.ok) return { listed, ok: false, reason: "error_page", message: read.message };
  const isBare = read.digest.identities.length === 0;
  const wall = isBare ? wallAt(context, fetched, parseFetched(fetched)) : null;
  return wall ? { listed, ...wall } : { listed, ok: true, fetched, digest: read.digest };
}

interface Counted {
  readonly walk: WalkState;
  /** Resolves when the page is durable; it may go on while further pages are counted. */
  readonly keep: Promise<void> | null;
  readonly stop: StopReason | null;
}

function countOne(context: RunContext, taken: TakenOne, before: WalkState): Counted {
  if (!taken.ok) return missed(context, taken.listed, taken, before);
  const { listed, fetched, digest } = taken;
  const fresh = freshOf(digest, context.known);
  noteDrift(context, digest.drift);
  const recordCount = digest.identities.length;
  const walk = {
    ...before,
    pages: before.pages + 1,
    found: before.found + fresh.count,
    duplicates: before.duplicates + recordCount - fresh.count,
    totalDeclared: digest.total ?? before.totalDeclared,
  };
  tell(context, { listed, fetched, records: fresh.count, walk });
  const keep = store(context, { listed, fetched, fresh, recordCount });
  return { walk, keep, stop: null };
}

async function store(
  context: RunContext,
  { listed, ...kept }: { listed: Listed; fetched: FetchedPage; fresh: FreshRecords; recordCount: number },
): Promise<void> {
  const artifact = await storeBytes(context, kept.fetched);
  await keepPage(context, { number: listed.number, artifact, ...kept });
}

function tell(
  context: RunContext,
  { listed, fetched, records, walk }: { listed: Listed; fetched: FetchedPage; records: number; walk: WalkState },
): void {
  const { url, number: page } = listed;
  const { capturedAt: at, durationMs } = fetched;
  noteInteraction(context, { action: "open", url, label: "", at, durationMs, ok: true, records });
  const { found, totalDeclared, pagesDeclared } = walk;
  const reused = fetched.reusedArtifact !== null;
  context.onProgress({
    kind: "page",
    run: context.run,
    page,
    url,
    records,
    found,
    totalDeclared,
    pagesDeclared,
    reused,
  });
}

const GOES_ON: readonly StopReason[] = ["unreachable", "error_page", "refused"];

function missed(context: RunContext, { url, number }: Listed, { reason, message }: NotTaken, walk: WalkState): Counted {
  note(context, message);
  const at = context.clock();
  noteInteraction(context, {
    action: "open",
    url,
    label: "",
    at,
    durationMs: 0,
    ok: false,
    records: 0,
    stopped: reason,
  });
  const gaps = [...walk.gaps, `page ${number}`];
  return { walk: { ...walk, gaps }, keep: null, stop: GOES_ON.includes(reason) ? null : reason };
}
