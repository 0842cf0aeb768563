import { AppError } from "#kernel";
import type { Page } from "#engines/extraction";
import type { StopReason } from "../completeness.ts";
import { parseFetched } from "../records/read-page.ts";
import { plainAddress, type WalkStep } from "../walk/walk-step.ts";
import type { EarlierCopy, FetchedPage, PageSource } from "../sources/page-source.ts";
import { wallOf } from "../sources/page-wall.ts";
import type { RunContext } from "./run-context.ts";

export type Taken =
  | { readonly ok: true; readonly fetched: FetchedPage; readonly page: Page }
  | { readonly ok: false; readonly reason: StopReason; readonly message: string };

/** Which refusals of other modules stop a page, and as what. Everything else that is thrown is a bug and goes up. */
const REASON_OF_CODE: Readonly<Record<string, StopReason>> = {
  address_refused: "refused",
  bad_url: "refused",
  robots_disallowed: "refused",
  login_failed: "login_failed",
  login_unsafe: "login_failed",
  needs_browser: "needs_browser",
  not_a_page: "error_page",
  not_html: "error_page",
  page_too_large: "error_page",
};

/** Takes a step and parses what came. A page that does not come is an answer, not an exception. */
export async function takePage(context: RunContext, source: PageSource, wanted: Wanted): Promise<Taken> {
  const answered = await fetchPage(context, source, wanted);
  if (!answered.ok) return answered;
  try {
    return { ...answered, page: parseFetched(answered.fetched) };
  } catch (error) {
    return failed(context, error);
  }
}

export interface Wanted {
  readonly step: WalkStep;
  readonly referer: string | null;
}

export type NotTaken = Extract<Taken, { ok: false }>;

/** As `takePage`, without parsing what came, unless it is an error page. */
export async function fetchPage(
  context: RunContext,
  source: PageSource,
  { step, referer }: Wanted,
): Promise<{ readonly ok: true; readonly fetched: FetchedPage } | NotTaken> {
  const { signal } = context;
  try {
    signal.throwIfAborted();
    const earlier = context.mayReuse ? await earlierCopy(context, step) : null;
    const take = () => source.take(step, { referer, earlier, signal });
    const first = await take();
    const fetched = brokeDown(first, source) ? await take() : first;
    return fetched.status < 400 ? { ok: true, fetched } : errorPage(context, fetched);
  } catch (error) {
    return failed(context, error);
  }
}

/**
 * The server's program broke: a database that was busy, a worker that was started anew. Asked once more, most such pages
 * come. What says that it is overloaded or away is asked again, in its own time, by the client.
 */
function brokeDown({ step, status }: FetchedPage, { transport }: PageSource): boolean {
  return BROKE[transport].has(status) && step.kind !== "click" && step.kind !== "scroll";
}

/** A gateway between us and the program says so, too; the client asks it again by itself, a browser does not. */
const BROKE = { http: new Set([500]), browser: new Set([500, 502, 504]) };

export function failed(context: RunContext, error: unknown): NotTaken {
  if (context.signal.aborted) {
    const reason = context.timeIsUp() ? "time_limit" : "cancelled";
    return { ok: false, reason, message: "The run was stopped." };
  }
  if (!(error instanceof AppError)) throw error;
  return { ok: false, reason: REASON_OF_CODE[error.code] ?? "unreachable", message: error.message };
}

function errorPage(context: RunContext, fetched: FetchedPage): NotTaken {
  const wall = wallAt(context, fetched, parseFetched(fetched));
  return wall ?? { ok: false, reason: "error_page", message: `${fetched.url}: status ${fetched.status}.` };
}

/** A page that needs a person stops the run. Asked only where a page holds no records: looking costs time. */
export function wallAt(context: RunContext, fetched: FetchedPage, page: Page): NotTaken | null {
  const wall = wallOf(fetched, page);
  if (!wall) return null;
  context.wall = wall;
  context.onProgress({ kind: "wall", run: context.run, wall: wall.kind, url: wall.url, message: wall.message });
  context.logger.warn("harvest.wall", { run: context.run, wall: wall.kind });
  return { ok: false, reason: "wall", message: wall.message };
}

async function earlierCopy({ runs, recipeId, artifacts }: RunContext, step: WalkStep): Promise<EarlierCopy | null> {
  const address = plainAddress(step);
  if (address === null) return null;
  const known = await runs.knownPage(recipeId, address);
  if (!known) return null;
  const { etag, last_modified: lastModified, artifact, media_type: mediaType } = known;
  return {
    validators: { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) },
    artifact,
    mediaType,
    read: async () => (await artifacts.get(artifact).catch(() => null))?.bytes ?? null,
  };
}
