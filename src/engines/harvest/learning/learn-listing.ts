import {
  learnPage,
  type EntryStep,
  type Learned,
  type LearnOptions,
  type Page,
  type Recipe,
  type SearchInput,
} from "#engines/extraction";
import { AppError, type Clock } from "#kernel";
import { SearchNotFound } from "../errors.ts";
import type { HarvestWall, LearnRequest, Transport } from "../harvest-request.ts";
import { isCleared, MOST_WALLS } from "../people.ts";
import { parseFetched } from "../records/read-page.ts";
import { askSearch, type AskedSearch } from "../searching/ask-search.ts";
import { noticeStep } from "../sources/notice-step.ts";
import { framesOf, hasScript } from "../sources/page-elements.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import { wallOf } from "../sources/page-wall.ts";
import { labelOf, type WalkStep } from "../walk/walk-step.ts";
import { doubtOf, renderedIsBetter } from "./choose-transport.ts";
import { isTrusted } from "./trusted-list.ts";

const MOST_NOTICES = 3;
const MOST_FRAMES = 3;

export interface LearnDeps {
  readonly openSource: (transport: Transport) => Promise<PageSource>;
  readonly clock: Clock;
}

/** What was found at an address, with the visitor that found it: the harvest goes on from there. */
export interface Listing {
  readonly fetched: FetchedPage;
  readonly page: Page;
  readonly learned: Learned;
  readonly recipe: Recipe | null;
  readonly wall: HarvestWall | null;
  readonly source: PageSource;
  readonly notes: readonly string[];
  /** How it came to be read this way: nobody has to do anything about it. */
  readonly how: readonly string[];
}

/** Learns a listing over HTTP, in a browser, or in whichever of the two brings the records. The caller closes the source. */
export async function learnListing(request: LearnRequest, deps: LearnDeps): Promise<Listing> {
  const { transport = "auto" } = request;
  if (transport !== "auto") return visit(request, deps, transport);
  const still = await visit(request, deps, "http").catch((error: unknown) => {
    // A form that a script draws is found in a browser, if there is one.
    if (error instanceof SearchNotFound) return null;
    throw error;
  });
  if (!still) return visit(request, deps, "browser");
  const doubt = still.wall ? null : (doubtOf(still.page, still.learned) ?? saidOtherwise(still, request));
  return doubt === null ? still : compare(still, doubt, request, deps);
}

/** Renders the page and takes what is better. Without a browser the static page has to do, if it holds anything. */
async function compare(still: Listing, doubt: string, request: LearnRequest, deps: LearnDeps): Promise<Listing> {
  const rendered = await visit(request, deps, "browser").catch((error: unknown) => {
    request.signal?.throwIfAborted();
    if (still.recipe && error instanceof AppError) return error;
    throw error;
  });
  if (rendered instanceof AppError)
    return {
      ...still,
      notes: [...still.notes, `Not compared in a browser, although ${doubt}: ${rendered.message}`],
    };
  const better = renderedIsBetter(still.learned, rendered.learned) || (!still.recipe && rendered.wall !== null);
  const [kept, left] = better ? [rendered, still] : [still, rendered];
  await left.source.close();
  const why = better ? "the rendered page holds more" : "the rendered page holds no more";
  return { ...kept, how: [...kept.how, `A browser was asked because ${doubt}; ${why}.`] };
}

/** A person knows that a script brings more; the static page would not show it. */
function saidOtherwise({ page, learned }: Listing, { goesOn }: LearnRequest): string | null {
  if (goesOn === undefined || goesOn === "pages" || !hasScript(page)) return null;
  return learned.pagination.next ? null : "a person said that more records come by script";
}

async function visit(request: LearnRequest, deps: LearnDeps, transport: Transport): Promise<Listing> {
  const source = await deps.openSource(transport);
  try {
    return await enter(request, deps, source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** A wall that a person clears is entered once more, as the visitor whom the site lets in now. */
async function enter(request: LearnRequest, deps: LearnDeps, source: PageSource): Promise<Listing> {
  for (let walls = 1; ; walls += 1) {
    const listing = await enterOnce(request, deps, source);
    if (!listing.wall || walls > MOST_WALLS) return listing;
    const cleared = await isCleared(source, listing.wall, request.signal);
    request.signal?.throwIfAborted();
    if (!cleared) return listing;
  }
}

async function enterOnce(request: LearnRequest, { clock }: LearnDeps, source: PageSource): Promise<Listing> {
  const steps: EntryStep[] = [];
  const look = lookerOf(request, source);
  const at = clock();
  let seen = await look({ kind: "open", url: request.url }, null);
  for (let notices = 0; notices < MOST_NOTICES && isBehindNotice(seen); notices += 1) {
    const step = noticeStep(seen.page);
    if (!step) break;
    steps.push(entryStepOf(step));
    seen = await look(step, seen.fetched.url);
  }
  const search = request.inputs?.length ? await askForm(seen, request, { look, source, now: at }) : null;
  if (search) {
    seen = search.seen;
    steps.push(...search.steps);
  }
  const framed = await intoFrame(seen, look, source);
  if (framed) steps.push({ by: "link", role: "frame", url: framed.fetched.url });
  const best = framed ?? (await scrolled(seen, look, source)) ?? seen;
  const { learned, fetched, page } = best;
  const wall = learned.recipe ? null : wallOf(fetched, page);
  const recipe =
    wall || !learned.recipe
      ? null
      : finish(learned.recipe, { request, source, steps, inputs: search?.inputs ?? [], at });
  const opened = { ...fetched, step: { kind: "open", url: request.url } as const };
  return { fetched: opened, page, learned, recipe, wall, source, notes: learned.notes, how: [] };
}

function askForm(
  seen: Seen,
  request: LearnRequest,
  { look, source: { transport }, now }: { look: Look; source: PageSource; now: Date },
): Promise<AskedSearch<Seen>> {
  return askSearch(seen, request, {
    transport,
    now,
    look: (step, from) => look(step, from.fetched.url),
    pageOf: ({ page }) => page,
    hasList: ({ learned }) => learned.recipe !== null,
  });
}

interface Seen {
  readonly fetched: FetchedPage;
  readonly page: Page;
  readonly learned: Learned;
}

type Look = (step: WalkStep, referer: string | null) => Promise<Seen>;

function lookerOf({ wish, embedded, listSelector, nextSelector, signal }: LearnRequest, source: PageSource): Look {
  return async (step, referer) => {
    const fetched = await source.take(step, { referer, ...(signal ? { signal } : {}) });
    const page = parseFetched(fetched);
    const options = {
      ...(wish ? { wish } : {}),
      ...(embedded === undefined ? {} : { embedded }),
      ...(listSelector === undefined ? {} : { listSelector }),
      ...(nextSelector === undefined ? {} : { nextSelector }),
    };
    const first = learnPage(page, options);
    const learned = source.transport === "browser" ? asShown(page, first, options) : first;
    return { fetched, page, learned: isTrusted(page, learned) ? learned : withoutList(learned) };
  };
}

/** State that a page was sent with stays as it is when a script brings more: then only what is shown grows. */
function asShown(page: Page, learned: Learned, options: LearnOptions): Learned {
  const { next, more } = learned.pagination;
  const grows = [next, more].some((step) => step?.kind === "click" || step?.kind === "scroll");
  if (!learned.recipe?.list.embedded || !grows) return learned;
  const shown = learnPage(page, { ...options, embedded: false });
  const count = (one: Learned): number => one.extraction?.records.length ?? 0;
  return shown.recipe && count(shown) >= count(learned) ? shown : learned;
}

function withoutList(learned: Learned): Learned {
  return { ...learned, recipe: null, extraction: null, confidence: 0 };
}

function isBehindNotice({ page, learned }: Seen): boolean {
  return learned.kind === "consent" || !learned.recipe ? noticeStep(page) !== null : false;
}

/** A page may be only the mount of its list: a frame of the same site. A browser shows frames in their page. */
async function intoFrame(seen: Seen, look: Look, { transport }: PageSource): Promise<Seen | null> {
  if (transport === "browser") return null;
  let best: Seen | null = null;
  for (const url of framesOf(seen.page).slice(0, MOST_FRAMES)) {
    const framed = await look({ kind: "link", url, role: "submit", label: "" }, seen.fetched.url).catch(refusedFrame);
    if (!framed) continue;
    const outweighs =
      recordsOf(framed) > recordsOf(best ?? seen) && framed.learned.confidence >= seen.learned.confidence - 0.1;
    if (outweighs) best = framed;
  }
  return best;
}

/** A page without a pager may grow when it is scrolled; if it does, the grown page is the one to learn from. */
async function scrolled(seen: Seen, look: Look, { transport }: PageSource): Promise<Seen | null> {
  const { recipe, pagination } = seen.learned;
  if (transport !== "browser" || !recipe || pagination.next || pagination.more) return null;
  const grown = await look({ kind: "scroll", role: "more" }, seen.fetched.url);
  if (!keeps(grown, seen)) return backAtTop(seen, look);
  return recordsOf(grown) > recordsOf(seen) ? { ...grown, fetched: { ...grown.fetched, grew: true } } : null;
}

/** Whether what stood there first still stands there. */
function keeps(later: Seen, before: Seen): boolean {
  const texts = new Set(later.learned.extraction?.records.map(({ text }) => text));
  return before.learned.extraction?.records.every(({ text }) => texts.has(text)) ?? true;
}

/** A list that shows only what is in view stands somewhere else now; its walk begins at the top. */
async function backAtTop({ fetched }: Seen, look: Look): Promise<Seen | null> {
  const { step } = fetched;
  return step.kind === "open" || step.kind === "link" ? look(step, null) : null;
}

function recordsOf({ learned }: Seen): number {
  return learned.recipe ? (learned.extraction?.records.length ?? 0) : 0;
}

/** A frame that cannot be had is a page without that frame. */
function refusedFrame(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

function entryStepOf(step: WalkStep): EntryStep {
  const label = labelOf(step);
  const named = label === "" ? {} : { label };
  if (step.kind === "form") {
    // Tokens and view state are taken from the live page when the step is replayed.
    const fields = step.fields.filter(([name, value]) => !name.startsWith("__") && value.length <= 100);
    return {
      by: "form",
      role: "consent",
      url: step.url,
      fields: fields.map(([name, value]) => [name, value]),
      ...named,
    };
  }
  return { by: "link", role: "consent", ...("url" in step ? { url: step.url } : {}), ...named };
}

function finish(recipe: Recipe, { request, source, steps, inputs, at }: Finishing): Recipe {
  const { url } = request;
  return {
    ...recipe,
    source: { url },
    learned: { ...recipe.learned, at: at.toISOString() },
    entry: steps.length > 0 ? { url, steps } : { url },
    transport: source.transport,
    ...(inputs.length > 0 ? { inputs: [...inputs] } : {}),
  };
}

interface Finishing {
  readonly request: LearnRequest;
  readonly source: PageSource;
  readonly steps: EntryStep[];
  readonly inputs: readonly SearchInput[];
  readonly at: Date;
}
