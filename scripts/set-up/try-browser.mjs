// Started by browser.mjs under Node 24: finds a browser as the program would, starts it once and prints its path.
import { loadConfig } from "#platform/config";
import { AddressGuard } from "#platform/egress";
import { BrowserPool, resolveChromium } from "#engines/browser";

try {
  const { browser } = loadConfig();
  const { executablePath, source } = await resolveChromium(browser.executablePath);
  const launch = { executablePath: source === "configured" ? executablePath : null };
  const pool = new BrowserPool({ launch, maxBrowsers: 1, guard: new AddressGuard() });
  const session = await pool.openSession({ timeoutMs: 45_000 });
  await session.close();
  await pool.close();
  console.log(`${source}\n${executablePath}`);
} catch (error) {
  console.error(error.message);
  const reason = /error while loading shared libraries[^\n]*|\[err\][^\n]*/.exec(String(error.cause));
  if (reason) console.error(reason[0]);
  process.exitCode = 1;
}
