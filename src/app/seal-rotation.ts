import type { Logger } from "#kernel";
import type { Config } from "#platform/config";
import type { AuditLog } from "#platform/operators";
import {
  dropOlderKeys,
  loadKeyRing,
  rotateKeyFile,
  type KeySource,
  type Resealed,
  type SecretSeal,
} from "#platform/storage";

/** A module that keeps sealed secrets. */
export interface SealedHolder {
  /** Puts all it keeps under the newest key. */
  reseal(): Promise<Resealed>;
}

export interface SealRotationDeps {
  seal: SecretSeal;
  keys: KeySource;
  holders: readonly SealedHolder[];
  audit: Pick<AuditLog, "record">;
  logger: Logger;
}

export interface RotationRequest {
  by: string;
  /** Makes no new key; reseals once more and removes the older ones from the key file. */
  finish?: boolean | undefined;
}

export interface RotationReport {
  /** Where the newest key comes from. One of the environment is changed there, not here. */
  source: "key file" | "SECRETS_KEY";
  /** Of the newest key; tells nothing of it. */
  keyId: string;
  resealed: number;
  /** Secrets that nobody can open: their key was gone already. */
  lost: number;
  /** How many older keys still open. */
  olderKeys: number;
}

/** Changes the key that seals secrets, in two steps: processes that run go on with the old key until they meet the new one. */
export class SealRotation {
  readonly #deps: SealRotationDeps;

  constructor(deps: SealRotationDeps) {
    this.#deps = deps;
  }

  async rotate({ by, finish = false }: RotationRequest): Promise<RotationReport> {
    const { keys, audit, logger } = this.#deps;
    const isFiled = !keys.secretsKey;
    if (isFiled && !finish) await rotateKeyFile(keys.folder);
    const { resealed, lost } = await this.#reseal();
    if (isFiled && finish) await dropOlderKeys(keys.folder);
    const [newest, ...older] = await this.#renew();
    const report = {
      source: isFiled ? ("key file" as const) : ("SECRETS_KEY" as const),
      keyId: newest.id,
      resealed,
      lost,
      olderKeys: older.length,
    };
    logger.info("seal.rotated", report);
    await audit.record({
      actor: by,
      action: finish ? "seal.rotation-finished" : "seal.rotated",
      details: { ...report },
    });
    return report;
  }

  async #renew() {
    const ring = await loadKeyRing(this.#deps.keys);
    this.#deps.seal.renew(ring);
    return ring;
  }

  async #reseal(): Promise<{ resealed: number; lost: number }> {
    await this.#renew();
    const outcome = { resealed: 0, lost: 0 };
    for (const holder of this.#deps.holders) {
      const { changed, lost } = await holder.reseal();
      outcome.resealed += changed;
      outcome.lost += lost;
    }
    return outcome;
  }
}

/** Where the keys of this configuration lie. */
export function keySourceOf({ secretsKey, dataFolder }: Pick<Config, "secretsKey" | "dataFolder">): KeySource {
  return { folder: dataFolder, ...(secretsKey === null ? {} : { secretsKey }) };
}
