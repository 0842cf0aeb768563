import type { Database } from "#platform/storage";
import { DeliveryStore } from "./delivery-store.ts";

/** Removes messages that arrived, or died, before then. Returns how many. With `dryRun` it only counts. */
export async function forgetDeliveries(db: Database, { before, dryRun }: { before: Date; dryRun: boolean }) {
  const store = new DeliveryStore(db);
  return dryRun ? store.countEnded(before) : store.removeEnded(before);
}
