import type { StopReason } from "../completeness.ts";
import { readPage } from "../records/read-page.ts";
import type { PageSource } from "../sources/page-source.ts";
import { stepKey, type WalkStep } from "../walk/walk-step.ts";
import type { WalkState } from "../walk/walk-state.ts";
import { inOrder, TurnTaking } from "./in-order.ts";
import { keepPage, storeBytes } from "./keep-page.ts";
import { noteDrift, noteInteraction, type RunContext } from "./run-context.ts";
import { takePage, wallAt, type Taken } from "./take-page.ts";

/** How many pages per running request may wait for their turn to be read. */
const AHEAD = 3;
/** How many pages per running request may wait for their commit. */
const UNCOMMITTED = 8;

interface Listed {
  readonly url: string;
  /** Number of the page within the run: its place in the list of addresses. */
  readonly number: number;
}

export interface AddressesEnd {
  readonly walk: WalkState;
  readonly stopped: StopReason;
  readonly scripted: boolean;
}

/**
 * Harvests list pages whose addresses are known. They are asked for side by side but read in their order, so that
 * which of two alike records counts does not depend on the network, and a resumed run gives the same records.
 */
export async function harvestAddresses(
  context: RunContext,
  { addresses, done, walk }: { addresses: readonly string[]; done: ReadonlySet<number>; walk: WalkState },
): Promise<AddressesEnd> {
  const { concurrency, maxPages } = context.request;
  const missing = addresses.map((url, at) => ({ url, number: at + 1 })).filter(({ number }) => !done.has(number));
  const work = missing.slice(0, Math.max(0, maxPages - done.size));
  const sources = new TurnTaking(concurrency, () => context.openSource(null));
  const keeping: Promise<void>[] = [];
  let state = walk;
  let stopped: StopReason | null = null;
  try {
    const taking = inOrder(work, concurrency * AHEAD, (listed) =>
      sources.use((source) => take(context, source, listed)),
    );
    for await (const { listed, taken } of taking) {
      const read = readOne(context, listed, taken);
      state = read.after(state);
      if (read.keep) keeping.push(read.keep());
      if (keeping.length > concurrency * UNCOMMITTED) await keeping.shift();
      stopped = read.stop;
      if (stopped) break;
    }
    await Promise.all(keeping);
  } finally {
    await Promise.all(sources.opened.map((source) => source.close()));
  }
  return {
    walk: state,
    stopped: stopped ?? (work.length < missing.length ? "page_limit" : "last_page"),
    scripted: false,
  };
}

interface TakenOne {
  readonly listed: Listed;
  readonly taken: Taken;
}

async function take(context: RunContext, source: PageSource, listed: Listed): Promise<TakenOne> {
  const step: WalkStep = { kind: "open", url: listed.url };
  const key = stepKey(step);
  if (key !== null) context.asked.add(key);
  return { listed, taken: await takePage(context, source, { step, referer: null }) };
}

interface ReadOne {
  readonly after: (state: WalkState) => WalkState;
  /** Makes the page count; it may go on while further pages are read. */
  readonly keep?: () => Promise<void>;
  readonly stop: StopReason | null;
}

function readOne(context: RunContext, { url, number }: Listed, taken: Taken): ReadOne {
  if (!taken.ok) return missed(context, { url, number }, taken);
  const { fetched, page } = taken;
  const { recipe, known, request, run } = context;
  // One page tells the total; the way on is known.
  const read = readPage(page, { recipe, known, embedded: request.embedded, pagination: number === 1 });
  const recordCount = read.extraction.records.length;
  const wall = recordCount === 0 ? wallAt(context, fetched, page) : null;
  if (wall && !wall.ok) return missed(context, { url, number }, wall);
  noteDrift(context, read.extraction.drift);
  const records = read.fresh.length;
  const { capturedAt: at, durationMs } = fetched;
  noteInteraction(context, { action: "open", url, label: "", at, durationMs, ok: true, records });
  return {
    stop: null,
    after: (state) => {
      const found = state.found + records;
      const { totalDeclared, pagesDeclared } = state;
      const reused = fetched.reusedArtifact !== null;
      context.onProgress({
        kind: "page",
        run,
        page: number,
        url,
        records,
        found,
        totalDeclared,
        pagesDeclared,
        reused,
      });
      const { total = totalDeclared } = read.extraction.declared ?? {};
      const duplicates = state.duplicates + recordCount - records;
      return { ...state, pages: state.pages + 1, found, duplicates, totalDeclared: total };
    },
    keep: async () => {
      const artifact = await storeBytes(context, fetched);
      await keepPage(context, { number, fetched, read, recordCount, artifact });
    },
  };
}

const GOES_ON: readonly StopReason[] = ["unreachable", "error_page", "refused"];

function missed(
  context: RunContext,
  { url, number }: Listed,
  { reason, message }: Extract<Taken, { ok: false }>,
): ReadOne {
  context.notes.add(message);
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
  return {
    after: (state) => ({ ...state, gaps: [...state.gaps, `page ${number}`] }),
    stop: GOES_ON.includes(reason) ? null : reason,
  };
}
