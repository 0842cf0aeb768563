import { SecretAltered, SecretKeyLost, type Database, type SecretSeal } from "#platform/storage";
import { SubscriptionStore } from "./subscription-store.ts";

/** Where the secret of a subscription belongs; a sealed text that is moved to another one does not open. */
export function placeOfSecret(id: string): string {
  return `subscription:${id}`;
}

/** The secrets that webhooks are signed with, as a key rotation sees them. */
export class SealedSubscriptions {
  readonly #store: SubscriptionStore;
  readonly #seal: SecretSeal;

  constructor({ db, seal }: { db: Database; seal: SecretSeal }) {
    this.#store = new SubscriptionStore(db);
    this.#seal = seal;
  }

  /** Puts every secret under the newest key. `lost` are those whose key is gone. */
  async reseal(): Promise<{ changed: number; lost: number }> {
    const outcome = { changed: 0, lost: 0 };
    for (const { id, secret } of await this.#store.withSecrets()) {
      try {
        const renewed = this.#seal.reseal(secret, placeOfSecret(id));
        if (renewed === null) continue;
        await this.#store.replaceSecret(id, secret, renewed);
        outcome.changed += 1;
      } catch (error) {
        if (!(error instanceof SecretKeyLost || error instanceof SecretAltered)) throw error;
        outcome.lost += 1;
      }
    }
    return outcome;
  }
}
