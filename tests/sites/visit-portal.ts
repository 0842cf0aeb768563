import { AppError } from "#kernel";
import type { Harvester } from "#engines/harvest";
import type { Visit } from "./judge-visit.ts";
import { MemoryLogIn } from "./memory-log-in.ts";
import { startPortal, type Portal } from "./portal.ts";

/** Learns and harvests a portal as anybody would who knows its address, and an account where it wants one. */
export async function visitPortal(portal: Portal, harvester: Harvester): Promise<Visit> {
  const site = await startPortal(portal);
  try {
    const details = portal.details === true;
    const { account, inputs } = portal;
    const result = await harvester.harvest({
      url: site.entry,
      allowHosts: [site.host],
      ...(details ? { details } : {}),
      ...(inputs ? { inputs } : {}),
      ...(account ? { logIn: new MemoryLogIn({ origins: [site.url], ...account }) } : {}),
    });
    const records: Visit["records"][number][] = [];
    for await (const { text, fields, detail } of harvester.records(result.run))
      records.push({ text, fields: { ...detail?.fields, ...fields } });
    const { state, stopped } = result.completeness;
    return { records, state, stopped, wall: result.wall?.kind ?? null, error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { records: [], state: "none", stopped: "none", wall: null, error: error.code };
  } finally {
    await site.close();
  }
}
