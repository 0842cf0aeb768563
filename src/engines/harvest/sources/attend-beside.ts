import type { BrowserSession } from "#engines/browser";
import { CookieJar } from "#platform/egress";
import type { HarvestWall } from "../harvest-request.ts";
import type { People, VisitorState } from "../people.ts";

const PAGE_TIMEOUT_MS = 45_000;

/** Opens a browser before a wall that was met without one. Null when nobody cleared it, else the cookies as `HttpSource` keeps them. */
export async function attendBeside(
  wall: HarvestWall,
  openSession: () => Promise<BrowserSession>,
  people: People,
): Promise<string | null> {
  const session = await openSession();
  try {
    await session.goto(wall.url, { timeoutMs: PAGE_TIMEOUT_MS });
    return (await people.onWall(wall, session)) ? cookiesOf(await session.storageState()) : null;
  } finally {
    await session.close();
  }
}

/** Cookies of a browser for a client without one. */
export function cookiesOf({ cookies }: VisitorState): string {
  const jar = new CookieJar();
  for (const { name, value, domain, path, expires, httpOnly, secure } of cookies) {
    const host = domain.replace(/^[.]/, "");
    const parts = [
      `${name}=${value}`,
      `Path=${path}`,
      ...(domain.startsWith(".") ? [`Domain=${host}`] : []),
      ...(expires > 0 ? [`Expires=${new Date(expires * 1_000).toUTCString()}`] : []),
      ...(httpOnly ? ["HttpOnly"] : []),
      ...(secure ? ["Secure"] : []),
    ];
    jar.setCookieSync(parts.join("; "), `${secure ? "https" : "http"}://${host}${path}`, { ignoreError: true });
  }
  return JSON.stringify(jar.serializeSync());
}
