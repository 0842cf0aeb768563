import type { Page, Response } from "playwright-core";
import { waitFor } from "#kernel";
import { AddressRefused, Unreachable } from "#platform/egress";
import { navigationError } from "./navigation-error.ts";
import type { Navigation } from "./session-step.ts";

export interface NavigateOptions {
  readonly timeoutMs: number;
  /** Addresses that the session's proxy refused lately. */
  readonly refused: () => readonly string[];
}

/** Goes to an address. Null where nothing was asked of a server, as for a part of the same page. Throws `address_refused`, `unreachable`. */
export async function navigate(page: Page, href: string, options: NavigateOptions): Promise<Navigation | null> {
  const response = await arrive(page, href, options);
  if (!response) return null;
  const headers = response.headers();
  const refusal = headers["x-gleaner-guard"];
  if (refusal === "refused") throw new AddressRefused(response.url(), "The page led to an address that is not public");
  if (refusal !== undefined) throw new Unreachable(href, "no connection", 1);
  return { url: href, status: response.status(), headers };
}

async function arrive(page: Page, href: string, { timeoutMs, refused }: NavigateOptions): Promise<Response | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await page.goto(href, { waitUntil: "domcontentloaded", timeout: timeoutMs });
    } catch (error) {
      // The browser's own error page of the navigation before may arrive late, unannounced, and takes the place of ours.
      if (attempt >= 6 || !/interrupted by another navigation/.test(String(error)))
        throw navigationError(href, error, refused());
      await page.waitForLoadState("domcontentloaded", { timeout: timeoutMs }).catch(() => undefined);
      await waitFor(50 * attempt);
    }
  }
}
