import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { answerOf, api } from "../api/client.ts";
import type { Portal } from "../api/resources.ts";
import { oneJob } from "../jobs/job-queries.ts";
import { hasEnded } from "../jobs/job-state-mark.tsx";
import { isWanted, newEntry, rowOf, wordsOf, type BatchEntry, type BatchRow } from "./batch-entry.ts";
import type { BatchLine } from "./batch-lines.ts";
import { addUnwatched, cancelJob, startJob } from "./learn-portal.ts";

/** Lists learnt side by side: portals and models are asked politely. */
const AT_ONCE = 2;
const LOOK_AGAIN_MS = 1_500;

/** Learns addresses in turn and watches those that are wanted. One that fails keeps its reason and hinders no other. */
export function useBatch(lines: readonly BatchLine[], known: readonly Portal[]) {
  const queries = useQueryClient();
  const [entries, setEntries] = useState(() =>
    lines.map((line) => newEntry(line, known.find(({ url }) => URL.parse(url)?.href === line.url) ?? null)),
  );
  const change = useCallback((line: number, part: Partial<BatchEntry>) => {
    setEntries((old) => old.map((entry) => (entry.line === line ? { ...entry, ...part } : entry)));
  }, []);
  const rows = useRows(entries);
  // The try of each line that was begun and not stopped since; asked where what is drawn would be too old.
  const begun = useRef(new Map<number, object>());

  const begin = useCallback(
    async (entry: BatchEntry) => {
      const { line } = entry;
      const attempt = {};
      const isStillOn = () => begun.current.get(line) === attempt;
      begun.current.set(line, attempt);
      change(line, { step: "starting", problem: null });
      try {
        const portal = entry.portal ?? (await addUnwatched(wishOf(entry)));
        change(line, { portal });
        const jobId = isStillOn() ? await startJob(portal.id) : null;
        if (jobId !== null && !isStillOn()) await cancelJob(jobId);
        else if (jobId !== null) change(line, { step: "sent", jobId });
      } catch (error) {
        if (isStillOn()) change(line, { step: "refused", problem: wordsOf(error) });
      }
      void queries.invalidateQueries({ queryKey: ["portals"] });
    },
    [change, queries],
  );
  useEffect(() => {
    const isBegun = ({ line }: BatchRow) => begun.current.has(line);
    const busy = rows.filter((row) => row.state === "learning" || (row.state === "waiting" && isBegun(row)));
    const next = rows.filter((row) => row.state === "waiting" && !isBegun(row));
    for (const row of next.slice(0, Math.max(0, AT_ONCE - busy.length))) void begin(row);
  }, [rows, begin]);

  const stop = ({ line, jobId, job }: BatchRow) => {
    begun.current.delete(line);
    change(line, { step: "stopped", jobId: null });
    // It may have ended meanwhile: then there is nothing to cancel.
    if (jobId !== null && !(job && hasEnded(job))) void cancelJob(jobId).catch(() => undefined);
  };
  const retry = ({ line }: BatchRow) => {
    begun.current.delete(line);
    change(line, { step: "waiting", jobId: null, problem: null });
  };
  const watch = useMutation({
    mutationFn: async () => {
      const wanted = rows.filter(isWanted);
      const kept: boolean[] = [];
      for (const row of wanted) kept.push(await keep(row));
      return kept.length === rows.length && kept.every(Boolean);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["portals"] }),
  });
  const keep = async ({ line, portal }: BatchRow): Promise<boolean> => {
    if (portal === null) return false;
    try {
      const params = { path: { portalId: portal.id } };
      await answerOf(api.PATCH("/api/v1/portals/{portalId}", { params, body: { watched: true } }));
      change(line, { isWatched: true, problem: null });
      return true;
    } catch (error) {
      change(line, { problem: wordsOf(error) });
      return false;
    }
  };
  const tick = ({ line, isTicked }: BatchRow) => change(line, { isTicked: !isTicked });
  const note = ({ line }: BatchRow, hasUnsaved: boolean) => change(line, { hasUnsaved });
  return { rows, stop, retry, tick, note, watch };
}

/** The entries with their jobs, which are asked for again until they have ended. */
function useRows(entries: readonly BatchEntry[]): BatchRow[] {
  const jobs = useQueries({
    queries: entries.flatMap(({ jobId }) => (jobId === null ? [] : [followed(jobId)])),
    combine: (answers) => new Map(answers.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  });
  return entries.map((entry) => rowOf(entry, jobs.get(entry.jobId ?? "") ?? null));
}

function followed(jobId: string) {
  return {
    ...oneJob(jobId),
    refetchInterval: ({ state: { data } }: { state: { data?: Parameters<typeof hasEnded>[0] | undefined } }) =>
      data && hasEnded(data) ? (false as const) : LOOK_AGAIN_MS,
  };
}

function wishOf({ url, name }: BatchLine) {
  return name === null ? { url } : { url, name };
}
