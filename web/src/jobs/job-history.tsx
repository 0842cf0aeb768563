import type { JobStream } from "../api/job-stream.ts";
import type { JobEvent } from "../api/resources.ts";
import { RelativeTime } from "../elements/relative-time.tsx";

const NAMES: Readonly<Record<JobEvent["kind"], string>> = {
  "job.queued": "Queued",
  "job.started": "Started",
  "job.learned": "Learnt the list",
  "job.page": "Read a page",
  "job.alarm": "Alarm",
  "job.healed": "The page has changed",
  "job.without_model": "Went on without a model",
  "job.noted": "Worth knowing",
  "job.wall": "A wall stands before the list",
  "job.unattended": "Nobody came in time",
  "job.continued": "Goes on",
  "job.pause_requested": "Somebody paused it",
  "job.paused": "Paused",
  "job.resumed": "Goes on",
  "job.cancel_requested": "Somebody cancelled it",
  "job.completed": "Completed",
  "job.incomplete": "Ended incomplete",
  "job.failed": "Failed",
  "job.cancelled": "Cancelled",
};

/** What happened to a job, the newest on top. */
export function JobHistory({ events, isInterrupted }: JobStream) {
  return (
    <section className="card" aria-label="History">
      <h2>History</h2>
      {isInterrupted && (
        <p className="muted" role="status">
          News are held up. The connection is tried again by itself.
        </p>
      )}
      <ol className="history" aria-live="polite">
        {events.toReversed().map((event) => (
          <li key={event.id}>
            <span>
              <strong>{NAMES[event.kind]}</strong> {said(event)}
            </span>
            <RelativeTime at={event.at} />
          </li>
        ))}
      </ol>
      {events.length === 0 && <p className="muted">Nothing yet.</p>}
    </section>
  );
}

/** The facts of an entry in a few words. They came from a portal, or from a person: text, whatever they look like. */
function said({ kind, data }: JobEvent): string {
  switch (kind) {
    case "job.page":
      return `${text(data["page"])}: ${text(data["records"])} records, ${text(data["found"])} in all`;
    case "job.learned":
      return [texts(data["fields"]).join(", "), ...texts(data["how"])].filter((part) => part !== "").join(". ");
    case "job.healed":
      return data["outcome"] === "healed"
        ? `the recipe was healed with proof, version ${text(data["version"])}`
        : "what was learnt anew cannot be proven: a person decides";
    case "job.noted":
      return texts(data["notes"]).join(" ");
    case "job.alarm":
    case "job.wall":
    case "job.failed":
    case "job.without_model":
      return text(data["message"]);
    default:
      return "";
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
