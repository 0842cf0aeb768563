import type { LiveTab, OnFrame, PersonInput } from "#engines/browser";
import { LiveTaken, NothingToTakeOver } from "../errors.ts";

/** A browser tab as it is shown and driven, in this process or another. */
export interface ShownTab extends Pick<LiveTab, "watch" | "giveBack" | "input" | "ended" | "url"> {
  takeOver(name: string): Promise<void>;
}

/** What there is to see of a job at a moment. */
export interface LiveState {
  /** Whether a browser is open. */
  readonly showing: boolean;
  /** Where it is, without the query. */
  readonly url: string | null;
  /** Who has taken over; the job waits meanwhile. */
  readonly driver: string | null;
}

/** Somebody who watches a job. */
export interface Viewer {
  /** Shown to the others when this one takes over. */
  readonly name: string;
  readonly onFrame: OnFrame;
  /** Told at once, and of every change. */
  onState(state: LiveState, isDriver: boolean): void;
}

/** Who took over and does nothing gives back by himself. */
const IDLE_MS = 5 * 60_000;

/** What one job shows of its browsers, to all who watch, and which of them drives. Of several tabs it shows the newest. */
export class LiveStage {
  readonly #tabs: ShownTab[] = [];
  readonly #viewers = new Map<Viewer, () => void>();
  readonly #onChange: () => void;
  #shown: ShownTab | null = null;
  #driver: Viewer | null = null;
  #idle: NodeJS.Timeout | null = null;
  #told = "";

  constructor(onChange: () => void = () => undefined) {
    this.#onChange = onChange;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  get state(): LiveState {
    return {
      showing: this.#shown !== null,
      url: this.#shown && withoutQuery(this.#shown.url),
      driver: this.#driver?.name ?? null,
    };
  }

  /** From now on this tab is shown, until a newer one is or it ends. A tab that somebody drives stays. */
  show(tab: ShownTab): void {
    if (this.#tabs.includes(tab)) this.#tabs.splice(this.#tabs.indexOf(tab), 1);
    else void tab.ended.then(() => this.#drop(tab));
    this.#tabs.push(tab);
    if (!this.#driver) this.#turnTo(tab);
  }

  watch(viewer: Viewer): () => void {
    viewer.onState(this.state, false);
    this.#viewers.set(viewer, this.#film(viewer));
    this.#onChange();
    return () => this.#leave(viewer);
  }

  /** Throws `nothing_to_take_over`, `live_taken`. */
  async takeOver(viewer: Viewer): Promise<void> {
    const tab = this.#shown;
    if (!tab) throw new NothingToTakeOver();
    if (this.#driver && this.#driver !== viewer) throw new LiveTaken(this.#driver.name);
    this.#driver = viewer;
    this.#rest();
    try {
      await tab.takeOver(viewer.name);
    } catch (error) {
      this.giveBack(viewer);
      throw error;
    }
    if (this.#viewers.has(viewer)) this.#tell();
    else this.giveBack(viewer);
  }

  /** The job goes on. Without a viewer: whoever drives. */
  giveBack(viewer: Viewer | null = this.#driver): void {
    if (!this.#driver || viewer !== this.#driver) return;
    this.#driver = null;
    if (this.#idle) clearTimeout(this.#idle);
    this.#shown?.giveBack();
    const newest = this.#tabs.at(-1) ?? null;
    if (newest !== this.#shown) this.#turnTo(newest);
    this.#tell();
  }

  /** Throws `live_taken`, and what the tab throws. */
  async input(viewer: Viewer, input: PersonInput): Promise<void> {
    if (!this.#shown) throw new NothingToTakeOver();
    if (this.#driver && this.#driver !== viewer) throw new LiveTaken(this.#driver.name);
    this.#rest();
    await this.#shown.input(input);
  }

  #leave(viewer: Viewer): void {
    this.giveBack(viewer);
    this.#viewers.get(viewer)?.();
    this.#viewers.delete(viewer);
    this.#onChange();
  }

  #rest(): void {
    if (this.#idle) clearTimeout(this.#idle);
    if (this.#driver) this.#idle = setTimeout(() => this.giveBack(), IDLE_MS).unref();
  }

  #drop(tab: ShownTab): void {
    this.#tabs.splice(this.#tabs.indexOf(tab), 1);
    if (tab !== this.#shown) return;
    this.#driver = null;
    this.#turnTo(this.#tabs.at(-1) ?? null);
    this.#onChange();
  }

  #turnTo(tab: ShownTab | null): void {
    if (this.#shown === tab) return;
    this.#shown = tab;
    for (const [viewer, stop] of this.#viewers) {
      stop();
      this.#viewers.set(viewer, this.#film(viewer));
    }
    this.#tell();
    this.#onChange();
  }

  #film(viewer: Viewer): () => void {
    const tab = this.#shown;
    if (!tab) return () => undefined;
    return tab.watch(async (frame) => {
      this.#tell();
      await viewer.onFrame(frame);
    });
  }

  #tell(): void {
    const { state } = this;
    const words = JSON.stringify(state);
    if (words === this.#told) return;
    this.#told = words;
    for (const viewer of this.#viewers.keys()) viewer.onState(state, viewer === this.#driver);
  }
}

/** What follows the question mark may be a secret of the site. */
function withoutQuery(address: string): string {
  const url = URL.parse(address);
  return url === null || url.origin === "null" ? "" : `${url.origin}${url.pathname}`.slice(0, 500);
}
