import type { BrowserSession } from "#engines/browser";
import { numberPage, parsePage } from "#engines/extraction";
import type { Screen } from "./screen.ts";

/** The outline of a page in a prompt: about 3,000 tokens. */
const OUTLINE_CHARACTERS = 9_000;

/** Looks at the page that a session shows: what is drawn, numbered for pointing at, without secrets that it repeats. */
export async function perceive(
  session: Pick<BrowserSession, "snapshot" | "hiddenPaths" | "mark">,
  status: number,
  { signal, redacted }: { signal: AbortSignal; redacted?: ((bytes: Uint8Array) => Uint8Array) | undefined },
): Promise<Screen> {
  const { html, url } = await session.snapshot({ signal });
  const hidden = await session.hiddenPaths({ signal });
  const shown = new TextEncoder().encode(html);
  const bytes = redacted?.(shown) ?? shown;
  const page = parsePage({ bytes, url, contentType: "text/html; charset=utf-8" });
  const numbered = numberPage(page, { hidden, maxCharacters: OUTLINE_CHARACTERS });
  return { url, status, bytes, page, numbered, mark: await session.mark() };
}
