import { newId, type Logger } from "#kernel";
import type { Signals } from "#platform/signals";
import type { SecretSeal } from "#platform/storage";
import type { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import { LiveDesk } from "./live-desk.ts";
import { LiveReceiver } from "./live-receiver.ts";
import { LiveSender } from "./live-sender.ts";
import type { LiveStages } from "./live-stages.ts";

interface Parts {
  readonly signals: Pick<Signals, "publish" | "subscribe">;
  readonly liveRelay?: { readonly seal: Pick<SecretSeal, "seal" | "open">; readonly picturesEveryMs: number } | null;
  readonly logger: Logger;
}

/** The desk of this process, with a line to the others where there may be any. */
export function openLiveDesk(
  { signals, liveRelay = null, logger }: Parts,
  jobs: Pick<ScrapeJobStore, "get">,
  stages: LiveStages,
): LiveDesk {
  if (!liveRelay) return new LiveDesk({ jobs, stages, relay: null });
  const { seal, picturesEveryMs: everyMs } = liveRelay;
  const line = { signals, seal, logger, stages };
  const self = newId();
  const relay = { sender: new LiveSender({ ...line, everyMs }, self), receiver: new LiveReceiver(line, self) };
  return new LiveDesk({ jobs, stages, relay });
}
