import { SecretAltered, SecretKeyLost, type Database, type SecretSeal } from "#platform/storage";
import { DeliveryStore } from "./delivery-store.ts";
import { placeOf } from "./webhook.ts";

const PAGE = 200;

/** The secrets that messages carry, as a key rotation sees them. */
export class SealedDeliveries {
  readonly #store: DeliveryStore;
  readonly #seal: SecretSeal;

  constructor({ db, seal }: { db: Database; seal: SecretSeal }) {
    this.#store = new DeliveryStore(db);
    this.#seal = seal;
  }

  /** Puts every stored secret under the newest key. `lost` are those whose key is gone; they keep no other from it. */
  async reseal(): Promise<{ changed: number; lost: number }> {
    const outcome = { changed: 0, lost: 0 };
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const page = await this.#store.withSecrets(after, PAGE);
      for (const { id, secrets } of page) {
        const renewed = this.#renew(id, secrets);
        if (renewed === "lost") outcome.lost += 1;
        if (renewed === "lost" || renewed === null) continue;
        await this.#store.replaceSecrets(id, secrets, renewed.secrets);
        outcome.changed += 1;
      }
      const last = page.at(-1);
      if (!last) return outcome;
      after = last.id;
    }
  }

  #renew(id: string, secrets: string): { secrets: string } | "lost" | null {
    try {
      const renewed = this.#seal.reseal(secrets, placeOf(id));
      return renewed === null ? null : { secrets: renewed };
    } catch (error) {
      if (error instanceof SecretKeyLost || error instanceof SecretAltered) return "lost";
      throw error;
    }
  }
}
