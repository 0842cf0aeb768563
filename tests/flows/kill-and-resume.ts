import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { makeDataFolder } from "#platform/storage/testing";
import type { LocalSite } from "../sites/local-site.ts";

/** A child that hangs does not outlive its test by long. */
const CHILD_LIMIT_MS = 300_000;

interface Told {
  readonly kind: string;
  readonly run?: string;
  readonly records?: unknown[];
  readonly ok?: boolean;
  readonly completeness?: { readonly state: string };
}

/** Runs the child until it ends, or kills it (`kill -9`) some milliseconds after it told its n-th page. */
async function run(
  folder: string,
  host: string,
  request: object,
  kill?: { page: number; ms: number },
): Promise<Told[]> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "harvest-child.ts"), folder, host, JSON.stringify(request)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: CHILD_LIMIT_MS,
      killSignal: "SIGKILL",
    },
  );
  const told: Told[] = [];
  let pages = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event: Told = JSON.parse(line);
    told.push(event);
    if (event.kind === "page" && (pages += 1) === kill?.page) setTimeout(() => child.kill("SIGKILL"), kill.ms);
  }
  return told;
}

export interface KillPlan {
  readonly site: LocalSite;
  readonly request: { readonly url?: string; readonly addresses?: readonly string[]; readonly concurrency?: number };
  readonly pages: number;
  readonly kills: number;
  /** Pages that may be asked for again after one kill: those that were under way. */
  readonly underWay: number;
  readonly random: () => number;
}

/** Harvests once undisturbed and once with kills at random moments, and expects both to have the same records. */
export async function killAndResume({ site, request, pages, kills, underWay, random }: KillPlan): Promise<void> {
  const [calm, troubled] = [await makeDataFolder("calm"), await makeDataFolder("kill")];
  try {
    const undisturbed = (await run(calm, site.host, request)).at(-1);
    site.requests.length = 0;
    let next: object = request;
    let killed = 0;
    let ended: Told | undefined;
    while (ended === undefined) {
      const span = Math.max(1, Math.floor((pages / (kills + 1)) * 2));
      const kill = { page: 1 + Math.floor(random() * span), ms: Math.floor(random() * 25) };
      const told = await run(troubled, site.host, next, killed < kills ? kill : undefined);
      const last = told.at(-1);
      // Nobody disturbs the last one: if that does not finish either, none ever will.
      if (killed >= kills) expect(last?.kind).toBe("finished");
      if (last?.kind === "finished") ended = last;
      else killed += 1;
      const started = told.find(({ kind }) => kind === "started")?.run;
      if (started !== undefined) next = { resume: started };
    }
    expect(ended.records).toEqual(undisturbed?.records);
    expect(ended).toMatchObject({ ok: true, completeness: undisturbed?.completeness });
    expect(site.requests.length - new Set(site.requests).size).toBeLessThanOrEqual(killed * underWay);
    expect(killed).toBeGreaterThan(0);
  } finally {
    await Promise.all([calm, troubled].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/** A small generator with a seed (mulberry32), so that a failure can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
