import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";

const PAGE_BYTES = 4096;

/** Ids of a Chromium's processes, the main one included; empty where the browser does not tell. */
export async function processIdsOf(browser: Browser): Promise<number[]> {
  if (browser.browserType().name() !== "chromium") return [];
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    return processInfo.map(({ id }) => id);
  } catch {
    return [];
  }
}

/**
 * Memory of a browser in bytes, without what its processes share with files; null where it cannot be told (a remote browser,
 * or a system without /proc).
 */
export async function memoryOf(browser: Browser): Promise<number | null> {
  const sizes = await Promise.all((await processIdsOf(browser)).map(residentBytes));
  const known = sizes.filter((size) => size !== null);
  return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0);
}

/** Source: proc(5), statm: size, resident, shared, in pages. */
async function residentBytes(pid: number): Promise<number | null> {
  try {
    const [, resident = 0, shared = 0] = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ").map(Number);
    return (resident - shared) * PAGE_BYTES;
  } catch {
    return null;
  }
}
