import { resealTexts, type Database, type Resealed, type SecretSeal, type StoredSecret } from "#platform/storage";
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

  /** Puts every stored secret under the newest key. */
  reseal(): Promise<Resealed> {
    return resealTexts(this.#seal, this.#stored());
  }

  async *#stored(): AsyncGenerator<StoredSecret> {
    for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
      const page = await this.#store.withSecrets(after, PAGE);
      for (const { id, secrets } of page)
        yield {
          sealed: secrets,
          place: placeOf(id),
          replace: (renewed) => this.#store.replaceSecrets(id, secrets, renewed),
        };
      const last = page.at(-1);
      if (!last) return;
      after = last.id;
    }
  }
}
