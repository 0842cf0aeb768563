import { findOne } from "domutils";
import type { Element } from "domhandler";
import type { Page } from "./page/page.ts";

/** Top-level domains that only one country uses, where its code is another one. */
const BY_DOMAIN: Readonly<Record<string, string>> = { uk: "GB", gov: "US", mil: "US", edu: "US" };
/** Country codes sold to everybody. */
const SOLD = new Set(["io", "co", "me", "tv", "ai", "cc", "ws", "ly", "fm", "eu", "su"]);

/** Language and country of a page as a BCP 47 tag, from its address and `lang`; undefined when neither tells. */
export function regionOf(page: Page): string | undefined {
  const html = findOne((node: Element) => node.name === "html", page.root.children, false);
  const [language, region] = (html?.attribs["lang"] ?? "").split(/[-_]/);
  const domain = page.url ? (URL.parse(page.url)?.hostname.split(".").at(-1) ?? "") : "";
  const country =
    BY_DOMAIN[domain] ??
    (/^[a-z]{2}$/.test(domain) && !SOLD.has(domain) ? domain.toUpperCase() : region?.toUpperCase());
  const tag = /^[a-z]{2,3}$/i.test(language ?? "") ? (language ?? "").toLowerCase() : country ? "en" : "";
  if (tag === "") return undefined;
  return country && /^[A-Z]{2}$/.test(country) ? `${tag}-${country}` : tag;
}
