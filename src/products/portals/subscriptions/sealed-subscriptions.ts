import { resealTexts, type Database, type Resealed, type SecretSeal } from "#platform/storage";
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

  /** Puts every secret under the newest key. */
  async reseal(): Promise<Resealed> {
    const stored = await this.#store.withSecrets();
    return await resealTexts(
      this.#seal,
      stored.map(({ id, secret }) => ({
        sealed: secret,
        place: placeOfSecret(id),
        replace: (renewed) => this.#store.replaceSecret(id, secret, renewed),
      })),
    );
  }
}
