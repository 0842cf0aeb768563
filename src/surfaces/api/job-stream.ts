import { Readable } from "node:stream";
import { waitFor } from "#kernel";
import { isFinished, type JobEvent, type ScrapeDesk, type ScrapeJob } from "#products/portals";

export interface StreamDeps {
  desk: Pick<ScrapeDesk, "get" | "events" | "watch">;
  /** Without news this long, the stream looks at the database and says that it is alive. */
  silenceMs: number;
  /** Aborts when the server is to end. */
  closing: AbortSignal;
}

interface StreamOptions {
  /** The last entry of the history that the client knows. */
  after: number;
  /** Who listens may lose the right to while the stream is open. */
  isStillAllowed: () => Promise<boolean>;
  view: (job: ScrapeJob) => object;
  eventView: (event: JobEvent) => object;
}

const EVENTS_AT_ONCE = 200;

/** A job's history and progress until it has ended, as server-sent events. Signals only wake it; what it says stands in the database. */
export function jobStream(jobId: string, options: StreamOptions, deps: StreamDeps): Readable {
  return Readable.from(messages(jobId, options, deps), { objectMode: false });
}

async function* messages(
  jobId: string,
  { after, isStillAllowed, view, eventView }: StreamOptions,
  { desk, silenceMs, closing }: StreamDeps,
): AsyncGenerator<string> {
  let alarm = new AbortController();
  const unwatch = await desk.watch((id) => {
    if (id === jobId) alarm.abort();
  });
  let shown = "";
  try {
    while (!closing.aborted && (await isStillAllowed())) {
      const heard = (alarm = new AbortController());
      const job = await desk.get(jobId);
      for (;;) {
        const events = await desk.events(jobId, { after, limit: EVENTS_AT_ONCE });
        for (const event of events) yield message("event", eventView(event), event.id);
        after = events.at(-1)?.id ?? after;
        if (events.length < EVENTS_AT_ONCE) break;
      }
      const now = JSON.stringify(view(job));
      if (now !== shown) yield message("job", view(job));
      else yield ": alive\n\n";
      shown = now;
      if (isFinished(job)) return void (yield message("end", {}));
      await waitFor(silenceMs, AbortSignal.any([heard.signal, closing])).catch(() => undefined);
    }
  } finally {
    await unwatch();
  }
}

function message(event: string, data: object, id?: number): string {
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
