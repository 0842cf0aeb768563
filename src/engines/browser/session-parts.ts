import type { Browser, BrowserContext, Page } from "playwright-core";
import type { AddressGuard } from "#platform/egress";

/** What the pool makes a session of. */
export interface SessionParts {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  guard: AddressGuard;
  /** How to load images, media and fonts after all; null where they are loaded anyway. */
  allowResources: (() => Promise<void>) | null;
  json: { maxAnswers: number; maxBytes: number } | undefined;
  /** Addresses that the session's proxy refused lately, `host:port` or whole. */
  refused: () => readonly string[];
  /** Lets the session's proxy reach these `host:port` only. */
  confine: (targets: readonly string[]) => void;
  /** Told of each navigation, whether a server answered. */
  onPage: (reached: boolean) => void;
  onClose: () => Promise<void>;
}
