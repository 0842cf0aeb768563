import type { BrowserContext, Request, Route } from "playwright-core";

/** What a page may do while somebody explores it who does not decide on his own. */
export interface Fence {
  /** Hosts (`host` or `host:port`) that the tab may show; a page of any other is not opened. */
  readonly hosts: readonly string[];
}

/** Methods by which pages read; what the others change cannot be taken back. */
const CHANGING = new Set(["PUT", "PATCH", "DELETE"]);

/**
 * Holds a session within its hosts and keeps it from sending: no page of another host, no form by POST unless it was let
 * through before, nothing that changes or deletes. What a page's own scripts fetch by GET or POST from anywhere is its matter,
 * for lists are read that way.
 */
export class PageFence {
  readonly #hosts: ReadonlySet<string>;
  readonly #refused: string[] = [];
  readonly #isLifted: () => boolean;
  #mayPost = false;

  /** While it is lifted a person decides, and everything passes that the address guard lets through. */
  constructor({ hosts }: Fence, isLifted: () => boolean = () => false) {
    this.#hosts = new Set(hosts);
    this.#isLifted = isLifted;
  }

  /** What was refused since this was asked last, `METHOD host/path` each. */
  takeRefused(): string[] {
    return this.#refused.splice(0);
  }

  async guard(context: BrowserContext): Promise<void> {
    await context.route("**/*", (route) => this.#judge(route));
  }

  /** Lets forms be sent by POST while the work runs. */
  async posting<T>(work: () => Promise<T>): Promise<T> {
    this.#mayPost = true;
    try {
      return await work();
    } finally {
      this.#mayPost = false;
    }
  }

  async #judge(route: Route): Promise<void> {
    const request = route.request();
    if (this.#isLifted() || this.#isAllowed(request)) return route.fallback();
    const { host, pathname } = new URL(request.url());
    if (this.#refused.length < 100) this.#refused.push(`${request.method()} ${host}${pathname}`);
    // A tab stays where it is when the answer is empty; what is aborted would show it an error page.
    await (request.isNavigationRequest() ? route.fulfill({ status: 204 }) : route.abort("blockedbyclient"));
  }

  #isAllowed(request: Request): boolean {
    const method = request.method();
    if (CHANGING.has(method)) return false;
    if (!request.isNavigationRequest()) return true;
    if (method === "POST" && !this.#mayPost) return false;
    return isInFrame(request) || this.#hosts.has(new URL(request.url()).host);
  }
}

/** A window that is only being opened has no frame yet. */
function isInFrame(request: Request): boolean {
  try {
    return request.frame().parentFrame() !== null;
  } catch {
    return false;
  }
}
