// Started by browser.mjs under Node 24: finds a browser as the program would, starts it once and prints its path.
import { loadConfig } from "#platform/config";
import { AddressGuard } from "#platform/egress";
import { BrowserPool, resolveChromium } from "#engines/browser";

const { browser } = loadConfig();
const { executablePath, source } = await resolveChromium(browser.executablePath);
const pool = new BrowserPool({
  launch: { executablePath: browser.executablePath },
  maxBrowsers: 1,
  guard: new AddressGuard(),
});
const session = await pool.openSession({ timeoutMs: 45_000 });
await session.close();
await pool.close();
console.log(`${source}\n${executablePath}`);
