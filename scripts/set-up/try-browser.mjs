// Started by browser.mjs under Node 24: finds a browser as the program would, starts it once and prints its path.
import { loadConfig } from "#platform/config";
import { BrowserPool, resolveChromium } from "#engines/browser";
