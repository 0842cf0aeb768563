import type * as Playwright from "playwright-core";
import type { Browser, LaunchOptions as PlaywrightOptions } from "playwright-core";
import { silentLogger, type Logger } from "#kernel";
import { BrowserNotStarted } from "./errors.ts";
import { resolveChromium } from "./resolve-chromium.ts";

export interface LaunchOptions {
  type?: "chromium" | "firefox" | "webkit";
  executablePath?: string | null;
  /** Connects to a running Chromium instead of starting one. */
  cdpUrl?: string | null;
  /** Default true. A headed browser needs a display (`DISPLAY` of this process), for example Xvfb. */
  headless?: boolean;
  timeoutMs?: number;
  logger?: Logger;
}

/** Nothing listens there: what does not go through a session's own proxy goes nowhere. */
const DEAD_END = "http://127.0.0.1:9";

/**
 * Everything a page does goes through the session's guard proxy. These flags close the ways around it: names are not resolved
 * by Chromium, WebRTC does not open UDP, and nothing is sent in the background.
 */
const GUARD_FLAGS = [
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--disable-quic",
  "--dns-prefetch-disable",
  "--no-pings",
  "--disable-domain-reliability",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--deny-permission-prompts",
  "--mute-audio",
];

/**
 * Starts or joins a browser. Chromium is driven through a pipe that it holds open: when this process dies, by whatever
 * signal, the pipe closes and Chromium exits.
 */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const { type = "chromium", cdpUrl, headless = true, timeoutMs = 60_000 } = options;
  if (cdpUrl) return await connect(cdpUrl, timeoutMs);
  const common: PlaywrightOptions = {
    headless,
    timeout: timeoutMs,
    proxy: { server: DEAD_END },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
  if (type === "chromium") return await launchChromium(options, common);
  try {
    const { firefox, webkit } = await playwright();
    const kind = type === "firefox" ? firefox : webkit;
    return await kind.launch({
      ...common,
      ...(options.executablePath ? { executablePath: options.executablePath } : {}),
    });
  } catch (cause) {
    throw new BrowserNotStarted(
      `${type} could not be started. Run npx playwright-core install ${type}, or set BROWSER_TYPE=chromium.`,
      cause,
    );
  }
}

async function launchChromium(options: LaunchOptions, common: PlaywrightOptions): Promise<Browser> {
  const { logger = silentLogger } = options;
  const { executablePath, args, source } = await resolveChromium(options.executablePath);
  const { chromium } = await playwright();
  const launch = (chromiumSandbox: boolean): Promise<Browser> =>
    chromium.launch({ ...common, executablePath, args: [...GUARD_FLAGS, ...args], chromiumSandbox });
  // Chromium refuses its sandbox for root; elsewhere the kernel or the container may forbid it.
  const mayHaveSandbox = process.getuid?.() !== 0 && source !== "bundled";
  try {
    if (!mayHaveSandbox) return await launch(false);
    try {
      return await launch(true);
    } catch (error) {
      if (!/sandbox|zygote|namespace|Target page, context or browser has been closed/i.test(String(error))) throw error;
      const browser = await launch(false);
      logger.warn("browser.sandbox_off", { executablePath, reason: "the kernel forbids user namespaces" });
      return browser;
    }
  } catch (cause) {
    const hint = /display|X server|ozone/i.test(String(cause))
      ? "There is no display for a headed browser: start Xvfb and set DISPLAY, or set BROWSER_HEADLESS=true."
      : "See the cause; missing system libraries are installed by npx playwright-core install-deps chromium.";
    throw new BrowserNotStarted(`The browser at "${executablePath}" did not start. ${hint}`, cause);
  }
}

/** Loaded with the first browser: it is the largest part of the program, and most starts need none. */
function playwright(): Promise<typeof Playwright> {
  return import("playwright-core");
}

async function connect(cdpUrl: string, timeoutMs: number): Promise<Browser> {
  const { chromium } = await playwright();
  try {
    return await chromium.connectOverCDP(cdpUrl, { timeout: timeoutMs });
  } catch (cause) {
    throw new BrowserNotStarted("No browser answers at BROWSER_CDP_URL. Start it with --remote-debugging-port.", cause);
  }
}
