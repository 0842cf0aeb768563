import { accessSync, constants, createReadStream, createWriteStream, existsSync, statSync } from "node:fs";
import { copyFile, mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
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
 * A desktop build opens a window for every session, and draws the pop-up under its address bar, which is two pages of its
 * own that nobody sees: as long as it takes to open the session itself. Chromium joins this list with Playwright's.
 */
const NO_UNSEEN_PAGES = ["--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"];

/**
 * Looks in this order: the configured path, Playwright's own download, the system, the build inside @sparticuz/chromium
 * (unpacked into the temporary folder; needs no installation). Throws `browser_not_started` with what to do.
 */
export async function resolveChromium(configuredPath?: string | null): Promise<FoundChromium> {
  if (configuredPath) {
    if (existsSync(configuredPath))
      return { executablePath: configuredPath, args: [...NO_UNSEEN_PAGES], source: "configured" };
    throw new BrowserNotStarted(
      `There is no browser at "${configuredPath}". Correct BROWSER_EXECUTABLE_PATH, or leave it empty to search.`,
    );
  }
  const { chromium } = await import("playwright-core");
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { executablePath: own, args: [...NO_UNSEEN_PAGES], source: "playwright" };
  const system = SYSTEM_PATHS.find((path) => existsSync(path));
  if (system !== undefined) return { executablePath: system, args: [...NO_UNSEEN_PAGES], source: "system" };
  return await bundledChromium();
}

/** The build inside the npm package. It is a headless shell without a set-uid sandbox. */
export async function bundledChromium(): Promise<FoundChromium> {
  try {
    const { default: bundled, inflate, setupLambdaEnvironment } = await import("@sparticuz/chromium");
    const unpacked = await bundled.executablePath();
    const executablePath = mayRun(unpacked) ? unpacked : await ownCopy(dirname(unpacked));
    if (process.platform === "linux") {
      // Bare machines lack NSS and NSPR; the package brings them for the one system it was made for, and they suit others.
      const libraries = await inflate(packed("al2023.tar.br"));
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

function packed(name: string): string {
  return fileURLToPath(new URL(`../bin/${name}`, import.meta.resolve("@sparticuz/chromium")));
}

/** False where another user was first on this machine: the package unpacks to one place for all, and for one user only. */
function mayRun(path: string): boolean {
  try {
    refuseForeign(path);
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the browser wants to find beside itself to draw without a graphics card. */
const BESIDE = ["libEGL.so", "libGLESv2.so", "libvk_swiftshader.so", "libvulkan.so.1", "vk_swiftshader_icd.json"];

/** Unpacks into a folder of this user; several processes may do so at once. */
async function ownCopy(shared: string): Promise<string> {
  const folder = join(shared, `gleaner-chromium-${process.getuid?.() ?? "own"}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  refuseForeign(folder);
  const path = join(folder, "chromium");
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}`;
    await pipeline(
      createReadStream(packed("chromium.br")),
      createBrotliDecompress(),
      createWriteStream(draft, { mode: 0o700 }),
    );
    await rename(draft, path);
  }
  for (const name of BESIDE) {
    const library = join(shared, name);
    if (!existsSync(library) || existsSync(join(folder, name))) continue;
    refuseForeign(library);
    await copyFile(library, join(folder, name));
  }
  return path;
}

/** The temporary folder is everybody's: what somebody else has put there under this name is not run. */
function refuseForeign(path: string): void {
  const { uid } = statSync(path);
  const own = process.getuid?.() ?? uid;
  if (uid !== own && uid !== 0) throw new Error(`"${path}" belongs to another user`);
}
