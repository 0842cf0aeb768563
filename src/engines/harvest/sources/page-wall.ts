import { classifyPage, type Page } from "#engines/extraction";
import { detectWall, type WallKind } from "#engines/browser";
import type { HarvestWall } from "../harvest-request.ts";
import type { FetchedPage } from "./page-source.ts";

const SURE = 0.6;

const SAYS: Readonly<Record<WallKind, string>> = {
  captcha: "The page asks for a CAPTCHA.",
  challenge: "The page checks whether a person is asking.",
  login: "The page asks to log in.",
  limit: "The site says that it was asked too often.",
};

/** Whether a page without records needs a person: a CAPTCHA, a challenge, a log-in, a limit. */
export function wallOf(
  { status, url, bytes, wall: known }: Pick<FetchedPage, "status" | "url" | "bytes" | "wall">,
  page: Page,
): HarvestWall | null {
  if (known) return known;
  const wall = detectWall({ status, html: new TextDecoder().decode(bytes), title: page.title, url });
  if (wall) return { kind: wall.kind, url, message: `${SAYS[wall.kind]} A person has to pass it.` };
  const { kind, confidence, reason } = classifyPage(page, { status, list: null });
  if (confidence < SURE || (kind !== "wall" && kind !== "login")) return null;
  return { kind: kind === "login" ? "login" : "challenge", url, message: `${reason} A person has to pass it.` };
}
