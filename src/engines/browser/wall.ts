import { CHALLENGE, CAPTCHA, LIMIT, LOGIN, type Marker, type Reading } from "./wall-markers.ts";

/** What stands between us and the page; only a person may clear it. */
export type WallKind = "captcha" | "challenge" | "login" | "limit";

export interface Wall {
  kind: WallKind;
  /** From 0.5 to 1. */
  confidence: number;
  /** Names of the signs that were seen, for the operator and the log; no page text. */
  signs: string[];
}

/** What is known of a page. `html` may be cut; `text` is what a reader sees. */
export interface PageFacts {
  status: number;
  headers?: Readonly<Record<string, string>>;
  html: string;
  title?: string;
  text?: string;
  url?: string;
}

const MAX_HTML = 400_000;
const THRESHOLD = 0.9;

/**
 * Says whether a page is a wall. A single sign is not enough: a list with a captcha in its contact form, or with a log-in box in
 * its header, is a list. So the weight of the signs is set against the amount of other content, and against the status.
 */
export function detectWall(facts: PageFacts): Wall | null {
  const reading = read(facts);
  const found = [
    judge("captcha", CAPTCHA, reading),
    judge("challenge", CHALLENGE, reading),
    judge("limit", LIMIT, reading),
    judge("login", LOGIN, reading),
  ].filter((wall) => wall !== null);
  return found.toSorted((a, b) => b.confidence - a.confidence)[0] ?? null;
}

function judge(kind: WallKind, markers: readonly Marker[], reading: Reading): Wall | null {
  const seen = markers.filter((marker) => marker.test(reading));
  const weight = seen.reduce((sum, marker) => sum + marker.weight, 0);
  const score = weight - reading.fullness;
  if (score < THRESHOLD) return null;
  return {
    kind,
    confidence: Math.min(1, Math.round((0.5 + (score - THRESHOLD) / 2) * 100) / 100),
    signs: seen.filter(({ weight: each }) => each > 0).map(({ name }) => name),
  };
}

function read({ status, headers = {}, html, title, text, url = "" }: PageFacts): Reading {
  const cut = html.slice(0, MAX_HTML);
  const visible = (text ?? visibleText(cut)).replace(/\s+/g, " ").trim();
  const links = cut.match(/<a\s[^>]{0,500}href=/gi)?.length ?? 0;
  const rows = cut.match(/<(tr|li|article)\b/gi)?.length ?? 0;
  return {
    status,
    headers,
    html: cut,
    text: visible,
    title: title ?? /<title[^>]{0,200}>([^<]{0,1000})/i.exec(cut)?.[1]?.trim() ?? "",
    url,
    fullness: Math.min(1, visible.length / 4_000 + links / 80 + rows / 40),
  };
}

const HIDDEN = /<(script|style|template)\b/iy;

/** Rough, but linear in the length of whatever page this is: each step moves on or ends. `noscript` counts as visible. */
function visibleText(html: string): string {
  const lower = html.toLowerCase();
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const tag = html.indexOf("<", at);
    pieces.push(tag < 0 ? html.slice(at) : html.slice(at, tag));
    if (tag < 0) break;
    HIDDEN.lastIndex = tag;
    const [, name] = HIDDEN.exec(lower) ?? [];
    const end = html.startsWith("<!--", tag) ? "-->" : name === undefined ? ">" : `</${name}`;
    const found = lower.indexOf(end, tag + 1);
    if (found < 0) break;
    at = found + end.length;
    if (name !== undefined) at = Math.max(at, lower.indexOf(">", at) + 1);
  }
  return pieces.join(" ");
}
