import type { Page } from "playwright-core";
import { elementAtPath } from "./element-at-path.ts";
import { ElementNotActionable, SecretNotTyped } from "./errors.ts";
import { formTarget } from "./in-page/form-target.ts";

const TYPE_MS = 10_000;

/**
 * Types passwords. While it is in use the session's proxy reaches these origins only, so that whatever a page does with what
 * was typed (another form action, a request by script, a redirect, a frame), it does at those origins.
 */
export class SecretKeyboard {
  readonly #page: Page;
  readonly #origins: ReadonlySet<string>;

  constructor(page: Page, session: { confine(targets: readonly string[]): void }, origins: readonly string[]) {
    this.#page = page;
    this.#origins = new Set(origins);
    session.confine(origins.map(targetOf));
  }

  /** Throws `secret_not_typed` when the field, a document around it or its form is of another origin; nothing is typed then. */
  async type(path: string, secret: string): Promise<void> {
    const found = await elementAtPath(this.#page, path);
    if (!found) throw new ElementNotActionable("fill", path);
    try {
      for (let frame = found.frame; ;) {
        this.#check(frame.url());
        const parent = frame.parentFrame();
        if (!parent) break;
        frame = parent;
      }
      const { origin, actions } = await found.locator.evaluate(formTarget, null, { timeout: TYPE_MS });
      this.#check(origin);
      for (const action of actions) if (!/^javascript:/i.test(action)) this.#check(action);
      await found.locator.fill(secret, { timeout: TYPE_MS });
    } finally {
      await found.release();
    }
  }

  #check(url: string): void {
    const origin = URL.parse(url)?.origin ?? "null";
    if (!this.#origins.has(origin)) throw new SecretNotTyped(origin);
  }
}

/** `host:port` of an origin. */
function targetOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}
