import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BrowserNotStarted } from "./errors.ts";

/** Where a Chromium was found. */
export type ChromiumSource = "configured" | "playwright" | "system" | "bundled";

export interface FoundChromium {
  executablePath: string;
  /** What this build needs beyond our own flags. */
  args: string[];
  source: ChromiumSource;
}

/** Where systems put their own. */
const SYSTEM_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/usr/local/bin/chromium",
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Looks in this order: the configured path, Playwright's own download, the system, the build inside @sparticuz/chromium
 * (unpacked into the temporary folder; needs no installation). Throws `browser_not_started` with what to do.
 */
export async function resolveChromium(configuredPath?: string | null): Promise<FoundChromium> {
  if (configuredPath) {
    if (existsSync(configuredPath)) return { executablePath: configuredPath, args: [], source: "configured" };
    throw new BrowserNotStarted(
      `There is no browser at "${configuredPath}". Correct BROWSER_EXECUTABLE_PATH, or leave it empty to search.`,
    );
  }
  const { chromium } = await import("playwright-core");
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { executablePath: own, args: [], source: "playwright" };
  const system = SYSTEM_PATHS.find((path) => existsSync(path));
  if (system !== undefined) return { executablePath: system, args: [], source: "system" };
  return await bundledChromium();
}

/** The build inside the npm package. It is a headless shell without a set-uid sandbox. */
export async function bundledChromium(): Promise<FoundChromium> {
  try {
    const { default: bundled, inflate, setupLambdaEnvironment } = await import("@sparticuz/chromium");
    const executablePath = await bundled.executablePath();
    refuseForeign(executablePath);
    if (process.platform === "linux") {
      // Bare machines lack NSS and NSPR; the package brings them for the one system it was made for, and they suit others.
      const libraries = await inflate(
        fileURLToPath(new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"))),
      );
      refuseForeign(libraries);
      setupLambdaEnvironment(join(libraries, "lib"));
    }
    return { executablePath, args: ["--no-zygote", "--use-gl=angle", "--use-angle=swiftshader"], source: "bundled" };
  } catch (cause) {
    throw new BrowserNotStarted(
      "No Chromium was found. Install one (on Debian: apt-get install chromium), run npx playwright-core install chromium, or set BROWSER_EXECUTABLE_PATH.",
      cause,
    );
  }
}

/** The temporary folder is everybody's: what somebody else has put there under this name is not run. */
function refuseForeign(path: string): void {
  const { uid } = statSync(path);
  const own = process.getuid?.() ?? uid;
  if (uid !== own && uid !== 0) throw new Error(`"${path}" belongs to another user`);
}
