import type { EmbeddedData, Located, LocatedObject } from "../embedded/embedded-data.ts";
import { leafText, quoteLeaf, type Scalar } from "../embedded/quote-leaf.ts";
import { readEmbedded } from "../embedded/read-embedded.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { ContentIndex } from "./content-index.ts";
import type { DetailRule } from "./detail-recipe.ts";
import { addFinding, labelKey, type Findings, type Quote } from "./finding.ts";

const MAX_KEYS = 3;
const MAX_ITEMS = 400;
/** Items about the site or the page itself, not about what it shows. */
const FURNITURE =
  /^(?:WebSite|WebPage|Organization|NewsMediaOrganization|BreadcrumbList|ListItem|ImageObject|SiteNavigationElement|SearchAction|Person|Comment|Review|WPHeader|WPFooter|WPSideBar|ItemList|CollectionPage|Rating|AggregateRating|Corporation|LocalBusiness)$/i;
const SKIPPED =
  /^@(?:context|id|graph)$|^(?:potentialAction|mainEntityOfPage|isPartOf|breadcrumb|comment|review|inLanguage)$/;
const ADDRESS =
  /^(?:url|image|thumbnailUrl|contentUrl|sameAs|embedUrl|logo|photo|og:image|og:url|canonical|twitter:image)$|(?:^|\.)(?:url|contentUrl)$/i;

/** What a page says about its subject in JSON-LD, microdata, RDFa, script state and meta tags. */
export function findEmbedded(index: ContentIndex, withData: boolean, findings: Findings): void {
  const all = readEmbedded(index.page);
  if (withData) {
    const context: Context = { page: index.page, references: referencesIn(all), findings };
    const items = subjects(all, index);
    items.forEach((item, position) => describe(context, item, position === 0 ? "" : `${item.name ?? "other"}.`));
    const state = stateSubject(all, index);
    if (state) walk(context, { source: state.source, keys: state.keys, prefix: "", value: state.value }, 0);
  }
  for (const meta of all) if (meta.kind === "meta") metaTags(index.page, meta, findings);
}

interface Context {
  readonly page: Page;
  readonly references: ReadonlyMap<string, LocatedObject>;
  readonly findings: Findings;
}

interface Position {
  readonly source: EmbeddedData;
  readonly keys: readonly string[];
  readonly prefix: string;
  readonly value: Located;
}

/** Items that are about something, the one with most to say first. Three of a kind are a list of other things. */
function subjects(all: readonly EmbeddedData[], index: ContentIndex): EmbeddedData[] {
  const items = all.filter(
    ({ kind, name }) => /^(?:json-ld|microdata|rdfa)$/.test(kind) && name !== null && !FURNITURE.test(name),
  );
  const counts = Map.groupBy(items, ({ name }) => name);
  const known = labelKey(index.page.title);
  return items
    .filter(({ name }) => (counts.get(name)?.length ?? 0) < 3)
    .map((item) => ({ item, weight: weightOf(item.value, known) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ item }) => item)
    .slice(0, 4);
}

function weightOf(value: Located, title: string): number {
  if (value.kind !== "object") return 0;
  const name = value.entries.get("name") ?? value.entries.get("headline") ?? value.entries.get("title");
  const isNamed = name?.kind === "string" && name.value.length > 3 && title.includes(labelKey(leafText(name)));
  return value.entries.size + (isNamed ? 5 : 0);
}

function describe(context: Context, source: EmbeddedData, prefix: string): void {
  walk(context, { source, keys: [], prefix, value: source.value }, 0);
}

function walk(context: Context, position: Position, depth: number): void {
  const object = follow(context, position.value);
  if (object.kind !== "object" || depth >= MAX_KEYS) return;
  for (const [key, value] of object.entries) {
    if (SKIPPED.test(key)) continue;
    const keys = [...position.keys, key];
    if (keys.length > 32) return;
    property(context, { ...position, keys, prefix: `${position.prefix}${key}`, value }, depth);
  }
}

function property(context: Context, position: Position, depth: number): void {
  const { source, keys, prefix, value } = position;
  const leaves = leavesOf(context, value, 0).slice(0, MAX_ITEMS);
  const quotes = leaves.map((leaf) => quoteOf(context.page, leaf, prefix)).filter(({ text }) => text !== "");
  const list = value.kind === "array" && quotes.length > 1;
  const rule: DetailRule = {
    by: "embedded",
    kind: source.kind,
    ...(source.name === null ? {} : { type: source.name }),
    keys: [...keys],
  };
  addFinding(context.findings, { rule, name: prefix, quotes, list });
  const inner = value.kind === "array" && value.items.length === 1 ? value.items[0] : value;
  const object = inner ? follow(context, inner) : null;
  if (object?.kind === "object" && inner) walk(context, { ...position, value: inner, prefix: `${prefix}.` }, depth + 1);
}

/**
 * The scalars that stand for a value: itself, the items of a list, the text or name of an object. A section counts with its
 * name and its steps, a step with its name where the text does not begin with it.
 */
function leavesOf(context: Context, value: Located, depth: number): Scalar[] {
  if (depth > 6) return [];
  if (value.kind === "array") return value.items.flatMap((item) => leavesOf(context, item, depth + 1));
  if (value.kind !== "object") return value.kind === "null" || value.kind === "boolean" ? [] : [value];
  const object = follow(context, value);
  if (object.kind !== "object") return [];
  const part = (key: string): Scalar[] => {
    const inner = object.entries.get(key);
    return inner ? leavesOf(context, inner, depth + 1).filter((leaf) => leafText(leaf) !== "") : [];
  };
  const items = part("itemListElement");
  if (items.length > 0) return [...part("name"), ...items];
  const texts = part("text");
  if (texts.length > 0) return [...part("name").filter((name) => !texts.some((text) => begins(text, name))), ...texts];
  for (const key of ["name", "headline", "url", "contentUrl", "@value", "value"]) {
    const leaves = part(key);
    if (leaves.length > 0) return leaves;
  }
  return longestText(object);
}

/** In an object whose keys say nothing, the sentence is what stands for it. */
function longestText(object: LocatedObject): Scalar[] {
  let longest: Scalar | null = null;
  let length = 20;
  for (const leaf of object.entries.values()) {
    if (leaf.kind !== "string" || leaf.value.length <= length || /^https?:/.test(leaf.value)) continue;
    [longest, length] = [leaf, leaf.value.length];
  }
  return longest ? [longest] : [];
}

/** Steps often repeat the beginning of their text as a name. */
function begins(text: Scalar, name: Scalar): boolean {
  return labelKey(leafText(text)).startsWith(labelKey(leafText(name).replace(/(?:\.\.\.|…)$/, "")));
}

function follow(context: Context, value: Located): Located {
  if (value.kind !== "object" || value.entries.has("name")) return value;
  const id = value.entries.get("@id");
  return (id?.kind === "string" ? context.references.get(id.value) : undefined) ?? value;
}

function referencesIn(all: readonly EmbeddedData[]): Map<string, LocatedObject> {
  const references = new Map<string, LocatedObject>();
  for (const { kind, value } of all) {
    if (kind !== "json-ld" || value.kind !== "object" || value.entries.size < 2) continue;
    const id = value.entries.get("@id");
    if (id?.kind === "string" && !references.has(id.value)) references.set(id.value, value);
  }
  return references;
}

/** The object in script state that bears the page's title. */
function stateSubject(all: readonly EmbeddedData[], index: ContentIndex): Position | null {
  const titles = titlesOf(all, index);
  let best: Position | null = null;
  let bestSize = 3;
  let left = 50_000;
  for (const source of all) {
    if (source.kind !== "state") continue;
    const pending: Position[] = [{ source, keys: [], prefix: "", value: source.value }];
    for (let next = pending.pop(); next && (left -= 1) > 0; next = pending.pop()) {
      const { value, keys } = next;
      if (keys.length > 16) continue;
      if (value.kind === "array")
        value.items
          .slice(0, 100)
          .forEach((item, at) => pending.push({ source, keys: [...keys, String(at)], prefix: "", value: item }));
      if (value.kind !== "object") continue;
      const bearsTitle = [...value.entries.values()].some(
        (leaf) => leaf.kind === "string" && leaf.value.length < 300 && titles.has(labelKey(leaf.value)),
      );
      if (bearsTitle && value.entries.size > bestSize) [best, bestSize] = [next, value.entries.size];
      for (const [key, item] of value.entries) pending.push({ source, keys: [...keys, key], prefix: "", value: item });
    }
  }
  return best;
}

/** What the page calls its subject: in its heading, its title, its meta tags, its main item. */
function titlesOf(all: readonly EmbeddedData[], index: ContentIndex): Set<string> {
  const named = subjects(all, index).flatMap(({ value }) => propertyTexts(value, ["name", "headline"]));
  const meta = all.filter(({ kind }) => kind === "meta").flatMap(({ value }) => propertyTexts(value, ["og:title"]));
  const headings = index.headings.filter(({ level }) => level === 1).map(({ text }) => text);
  const titles = [...headings, index.page.title, ...named, ...meta].map(labelKey);
  return new Set(titles.filter((title) => title.length > 3));
}

function propertyTexts(value: Located, keys: readonly string[]): string[] {
  if (value.kind !== "object") return [];
  return keys.flatMap((key) => {
    const leaf = value.entries.get(key);
    return leaf?.kind === "string" ? [leafText(leaf)] : [];
  });
}

function metaTags(page: Page, meta: EmbeddedData, findings: Findings): void {
  if (meta.value.kind !== "object") return;
  for (const [key, value] of meta.value.entries) {
    if (!META.test(key)) continue;
    const leaf = value.kind === "array" ? value.items[0] : value;
    if (!leaf || leaf.kind === "array" || leaf.kind === "object") continue;
    const name = key.replace(/^(?:og|twitter|article|dc|dcterms)[:.]/, "");
    const rule: DetailRule = { by: "embedded", kind: "meta", keys: [key] };
    addFinding(findings, {
      rule,
      name,
      quotes: [quoteOf(page, leaf, key)].filter(({ text }) => text !== ""),
      list: false,
    });
  }
}

const META =
  /^(?:description|author|keywords|date|canonical|(?:og|twitter):(?:title|description|image|url|site_name)|article:(?:author|published_time|modified_time|section)|dc(?:terms)?\..+)$/;

function quoteOf(page: Page, leaf: Scalar, name: string): Quote {
  const quote = quoteLeaf(page, leaf);
  const text = leafText(leaf);
  const isAddress = ADDRESS.test(name) || leaf.place.attribute === "src" || leaf.place.attribute === "href";
  return { ...quote, text: isAddress ? (resolveUrl(text, page.baseUrl) ?? text) : text };
}
