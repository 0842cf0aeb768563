import type { Clock } from "#kernel";
import type { PortalLogins } from "../logins/portal-logins.ts";
import { PortalChanged } from "../errors.ts";
import { logInOf, type Abilities } from "./configuration.ts";
import { describePortal, newPortal, type Portal, type PortalWish } from "./portal.ts";
import type { PortalPage, PortalStore } from "./portal-store.ts";
import { settingsVersion } from "./settings-version.ts";
import { PROGRAM, pausedBy, plannedAnew, resumed, type Calendar } from "./time-table.ts";

export interface RegistryDeps {
  portals: PortalStore;
  calendar: Calendar;
  logins: Pick<PortalLogins, "set" | "allowAgain">;
  abilities: Abilities;
  clock: Clock;
}

/** The portals that Gleaner knows. */
export class PortalRegistry {
  readonly #portals: PortalStore;
  readonly #calendar: Calendar;
  readonly #logins: RegistryDeps["logins"];
  readonly #abilities: Abilities;
  readonly #clock: Clock;

  constructor({ portals, calendar, logins, abilities, clock }: RegistryDeps) {
    this.#logins = logins;
    this.#abilities = abilities;
    this.#portals = portals;
    this.#calendar = calendar;
    this.#clock = clock;
  }

  /** It is watched from now on unless the wish says otherwise. @throws PortalExists, BadPortalUrl, BadSchedule, NotSupportedYet, RobotsReasonMissing */
  async add(id: string, wish: PortalWish & { url: string }, by = PROGRAM): Promise<Portal> {
    const now = this.#clock();
    const logIn = logInOf(wish.configuration ?? {});
    const asked = { now, abilities: this.#abilities };
    const described = describePortal(newPortal(id, wish.url, now), { watched: true, ...wish }, asked);
    const portal = plannedAnew(described, this.#calendar, now);
    await this.#portals.add(portal, async (trx) => {
      if (logIn) await this.#logins.set(portal, logIn, { by, trx });
    });
    return portal;
  }

  get(id: string): Promise<Portal> {
    return this.#portals.get(id);
  }

  list(page: PortalPage): Promise<Portal[]> {
    return this.#portals.list(page);
  }

  /** Credentials in the configuration become the portal's log-in; left out, it stays. @throws PortalChanged, and as `add` does */
  async change(id: string, wish: PortalWish, by = PROGRAM): Promise<Portal> {
    const logIn = logInOf(wish.configuration ?? {});
    const portal = await this.#change(id, wish);
    if (logIn) await this.#logins.set(portal, logIn, { by });
    return portal;
  }

  #change(id: string, wish: PortalWish): Promise<Portal> {
    const now = this.#clock();
    const isAboutTime = [wish.watched, wish.schedule, wish.timezone].some((part) => part !== undefined);
    return this.#portals.change(id, (portal) => {
      if (wish.settingsVersion !== undefined && wish.settingsVersion !== settingsVersion(portal))
        throw new PortalChanged(id);
      const described = describePortal(portal, wish, { now, abilities: this.#abilities });
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

  /** Its time table takes effect again, failures are counted anew, and a log-in that was refused may be tried once more. */
  async resume(id: string): Promise<Portal> {
    const now = this.#clock();
    await this.#logins.allowAgain(id);
    return await this.#portals.change(id, (portal) =>
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
