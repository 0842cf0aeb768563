import type { Clock } from "#kernel";
import { describePortal, newPortal, type Portal, type PortalWish } from "./portal.ts";
import type { PortalPage, PortalStore } from "./portal-store.ts";
import { pausedBy, plannedAnew, resumed, type Calendar } from "./time-table.ts";

export interface RegistryDeps {
  portals: PortalStore;
  calendar: Calendar;
  clock: Clock;
}

/** The portals that Gleaner knows. */
export class PortalRegistry {
  readonly #portals: PortalStore;
  readonly #calendar: Calendar;
  readonly #clock: Clock;

  constructor({ portals, calendar, clock }: RegistryDeps) {
    this.#portals = portals;
    this.#calendar = calendar;
    this.#clock = clock;
  }

  /** It is watched from now on unless the wish says otherwise. @throws PortalExists, BadPortalUrl, BadSchedule, NotSupportedYet, RobotsReasonMissing */
  async add(id: string, wish: PortalWish & { url: string }): Promise<Portal> {
    const now = this.#clock();
    const described = describePortal(newPortal(id, wish.url, now), { watched: true, ...wish }, now);
    const portal = plannedAnew(described, this.#calendar, now);
    await this.#portals.add(portal);
    return portal;
  }

  get(id: string): Promise<Portal> {
    return this.#portals.get(id);
  }

  list(page: PortalPage): Promise<Portal[]> {
    return this.#portals.list(page);
  }

  change(id: string, wish: PortalWish): Promise<Portal> {
    const now = this.#clock();
    const isAboutTime = [wish.watched, wish.schedule, wish.timezone].some((part) => part !== undefined);
    return this.#portals.change(id, (portal) => {
      const described = describePortal(portal, wish, now);
      return isAboutTime ? plannedAnew(described, this.#calendar, now) : described;
    });
  }

  /** From now on it gets no jobs by itself. Pausing what is paused changes nothing. */
  pause(id: string, { by, reason }: { by: string; reason: string }): Promise<Portal> {
    const at = this.#clock();
    return this.#portals.change(id, (portal) =>
      portal.paused ? portal : { ...pausedBy(portal, { at, by, reason }), updatedAt: at },
    );
  }

  /** Its time table takes effect again, and failures are counted anew. */
  resume(id: string): Promise<Portal> {
    const now = this.#clock();
    return this.#portals.change(id, (portal) =>
      portal.paused
        ? { ...plannedAnew(resumed(portal), this.#calendar, now), consecutiveFailures: 0, updatedAt: now }
        : portal,
    );
  }

  /** @throws PortalInUse when it has jobs: what they found is kept. */
  remove(id: string): Promise<void> {
    return this.#portals.remove(id);
  }
}
