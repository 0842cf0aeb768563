/** Where a navigation ended. Header names are lower-case. */
export interface Navigation {
  url: string;
  status: number;
  headers: Record<string, string>;
}

/** A CSS selector, the words that an element shows, or its path in a snapshot. */
export type ElementTarget = string | { text: string } | { path: string };

export interface StepOptions {
  /** For loading a page, or for an element to appear. */
  timeoutMs?: number;
  /** How long a step may take to show an effect, beyond what the page is already waiting for. Default 1,500; typing none. */
  changeMs?: number;
  signal?: AbortSignal;
}

/** What a step did to the page. */
export interface StepOutcome {
  /** The document's content is another than before. */
  changed: boolean;
  /** The address is another than before. */
  navigated: boolean;
  url: string;
}

/** What to call a target when something about it is told. */
export function nameOf(target: ElementTarget): string {
  if (typeof target === "string") return target;
  return "text" in target ? target.text : target.path;
}
