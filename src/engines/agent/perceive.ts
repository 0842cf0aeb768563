import type { BrowserSession } from "#engines/browser";
import { numberPage, parsePage } from "#engines/extraction";
import type { Screen } from "./screen.ts";

/** The outline of a page in a prompt: about 3,000 tokens. */
const OUTLINE_CHARACTERS = 9_000;

/** Looks at the page that a session shows: what is drawn, numbered for pointing at. */
export async function perceive(
  session: Pick<BrowserSession, "snapshot" | "hiddenPaths" | "mark">,
  status: number,
  signal: AbortSignal,
): Promise<Screen> {
  const { html, url } = await session.snapshot({ signal });
  const hidden = await session.hiddenPaths({ signal });
  const bytes = new TextEncoder().encode(html);
  const page = parsePage({ bytes, url, contentType: "text/html; charset=utf-8" });
  const numbered = numberPage(page, { hidden, maxCharacters: OUTLINE_CHARACTERS });
  return { url, status, bytes, page, numbered, mark: await session.mark() };
}
