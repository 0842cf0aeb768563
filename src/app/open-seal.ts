import type { Config } from "#platform/config";
import type { SecretSeal } from "#platform/storage";
import { keySourceOf } from "./seal-rotation.ts";

/** The seal for what is secret in the database, with the keys of this configuration. */
export async function openSeal(config: Pick<Config, "secretsKey" | "dataFolder">): Promise<SecretSeal> {
  const storage = await import("#platform/storage");
  const source = keySourceOf(config);
  const ring = await storage.loadKeyRing(source);
  return new storage.SecretSeal(ring, () => storage.rereadKeyRing(source, ring));
}
