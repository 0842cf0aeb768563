import type { Page } from "playwright-core";

/** A page from the store. */
export interface StoredPage {
  readonly html: string;
  readonly url: string;
}

/** Shows stored HTML under its own address. Nothing is asked for and no script runs, so what is shown is what is stored. */
export async function showStored(page: Page, { html, url }: StoredPage, timeoutMs: number): Promise<void> {
  await page.route("**/*", (route, request) =>
    request.isNavigationRequest() && request.frame() === page.mainFrame()
      ? route.fulfill({
          body: html,
          contentType: "text/html; charset=utf-8",
          headers: { "content-security-policy": "script-src 'none'; frame-src 'none'" },
        })
      : route.abort(),
  );
  await page.goto(url, { waitUntil: "domcontentloaded", timeout: timeoutMs });
}
