import { AppError } from "#kernel";
import type { BrowserSession, SessionOptions } from "#engines/browser";
import type { HarvestWall } from "./harvest-request.ts";

/** Cookies and local storage of a visitor whom the site has let in. Secret. */
export type VisitorState = NonNullable<SessionOptions["storageState"]>;

/** People beside a call: they watch its browsers, and clear the walls that it meets. */
export interface People {
  /** As whom further browsers and clients of this call visit; null for a visitor whom nobody knows. */
  readonly visitor: VisitorState | null;
  /** Whether anybody may come to a wall; else no browser is opened for it. */
  readonly comeToWalls: boolean;
  /** Told of every browser session that the call opens. Whoever opened it closes it. */
  onSession(session: BrowserSession): void;
  /** Called at a wall that this session shows; resolves to true when somebody has cleared it. */
  onWall(wall: HarvestWall, session: BrowserSession): Promise<boolean>;
}

/** Whether a person has cleared a wall. Where no browser can show it, nobody has. */
export async function isCleared(
  source: { attend(wall: HarvestWall): Promise<boolean> },
  wall: HarvestWall,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return await source.attend(wall);
  } catch (error) {
    if (error instanceof AppError || signal?.aborted === true) return false;
    throw error;
  }
}

/** How often a wall that stands again behind itself is shown to people, before it ends what it stands before. */
export const MOST_WALLS = 3;
