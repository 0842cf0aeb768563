import { Presets, SingleBar } from "cli-progress";
import type { HarvestProgress } from "#app";
import type { Terminal } from "./terminal.ts";

export interface ProgressView {
  show(event: HarvestProgress): void;
  close(): void;
}

/** A bar on a terminal, one line an event elsewhere; always on standard error. */
export function watchHarvest(terminal: Terminal): ProgressView {
  return terminal.interactive ? bar(terminal) : lines(terminal);
}

function lines(terminal: Terminal): ProgressView {
  return {
    show(event) {
      const line = describe(event);
      if (line) terminal.tell(line);
    },
    close: () => undefined,
  };
}

function bar(terminal: Terminal): ProgressView {
  const progress = new SingleBar(
    {
      stream: stderrOf(terminal),
      format: "{bar} {value}/{total} records, page {page}  {note}",
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let running = false;
  const stop = () => {
    if (running) progress.stop();
    running = false;
  };
  return {
    show(event) {
      if (event.kind === "page") {
        const total = Math.max(event.totalDeclared ?? event.found, event.found);
        if (running) progress.setTotal(total);
        else progress.start(total, 0, { page: 0, note: "" });
        running = true;
        progress.update(event.found, { page: event.page, note: event.totalDeclared === null ? "(total unknown)" : "" });
      } else if (event.kind === "detail" && running) {
        progress.update({ note: `details ${event.done}/${event.of}` });
      } else {
        stop();
        const line = describe(event);
        if (line) terminal.tell(line);
      }
    },
    close: stop,
  };
}

/** cli-progress asks for a stream of this process; tests have another one and no terminal. */
function stderrOf(terminal: Terminal): NodeJS.WritableStream {
  return terminal.stderr;
}

function describe(event: HarvestProgress): string | null {
  switch (event.kind) {
    case "learned":
      return `learnt ${event.fields.length} columns over ${event.transport}: ${event.fields.join(", ")}`;
    case "started":
      return event.resumedAtPage > 1 ? `run ${event.run} goes on with page ${event.resumedAtPage}` : `run ${event.run}`;
    case "page": {
      const of = event.totalDeclared === null ? "" : ` of ${event.totalDeclared}`;
      return `page ${event.page}: ${event.records} records, ${event.found}${of} so far${event.reused ? " (unchanged)" : ""}`;
    }
    case "detail":
      return event.done === event.of ? `details: ${event.done}` : null;
    case "wall":
      return `wall at ${event.url}: ${event.message}`;
    case "alarm":
      return `alarm: ${event.alarm.message}`;
    case "finished":
      return null;
  }
}
