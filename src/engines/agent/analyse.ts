import { classifyPage, doubtsAbout, learnPage, type Learned, type Wish } from "#engines/extraction";
import type { ListHints } from "#engines/harvest";
import type { Screen } from "./screen.ts";

export interface AnalyserView {
  readonly learned: Learned;
  /** Whether the analyser's list can be taken without asking anybody. */
  readonly isSure: boolean;
}

/** What the built-in analyser makes of a page. It is sure of a list that nothing speaks against. */
export function analyse(
  { page }: Screen,
  wish: Wish | null,
  { listSelector, nextSelector }: ListHints = {},
): AnalyserView {
  const learned = learnPage(page, {
    ...(wish ? { wish } : {}),
    ...(listSelector === undefined ? {} : { listSelector }),
    ...(nextSelector === undefined ? {} : { nextSelector }),
  });
  const isLogIn = classifyPage(page, { list: null }).kind === "login";
  return { learned, isSure: !isLogIn && doubtsAbout(page, learned, wish).length === 0 };
}
