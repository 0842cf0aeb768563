import type { Clock } from "#kernel";
import { describePortal, newPortal, type Portal, type PortalWish } from "./portal.ts";
import type { PortalPage, PortalStore } from "./portal-store.ts";

/** The portals that Gleaner knows. */
export class PortalRegistry {
  readonly #store: PortalStore;
  readonly #clock: Clock;

  constructor(store: PortalStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws PortalExists, BadPortalUrl, NotSupportedYet, RobotsReasonMissing */
  async add(id: string, wish: PortalWish & { url: string }): Promise<Portal> {
    const now = this.#clock();
    const portal = describePortal(newPortal(id, wish.url, now), wish, now);
    await this.#store.add(portal);
    return portal;
  }

  get(id: string): Promise<Portal> {
    return this.#store.get(id);
  }

  list(page: PortalPage): Promise<Portal[]> {
    return this.#store.list(page);
  }

  change(id: string, wish: PortalWish): Promise<Portal> {
    return this.#store.change(id, (portal) => describePortal(portal, wish, this.#clock()));
  }

  /** @throws PortalInUse when it has jobs: what they found is kept. */
  remove(id: string): Promise<void> {
    return this.#store.remove(id);
  }
}
