import { isTag, type AnyNode, type Element } from "domhandler";
import { nodePath } from "../page/node-path.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { isDocumentAddress } from "../values/words/read-address.ts";
import { quoteElement, quoteSpan, type ContentIndex } from "./content-index.ts";
import { addFinding, labelKey, type Finding, type Findings, type Quote } from "./finding.ts";

const BYLINE =
  /^(?:by|von|par|por|di|door|av|af|written by|posted by|recipe by|author|autor|auteur)[\s:]+(\S.{1,60})$/iu;

/** What every page about one thing has: a title, a lead, an author, a picture, documents, a contact. */
export function findPageFacts(index: ContentIndex, findings: Findings): void {
  title(index, findings);
  lead(index, findings);
  author(index, findings);
  pictures(index, findings);
  documents(index, findings);
  contacts(index, findings);
}

/** Pages whose highest heading is the site's name put their own title lower; the window's title begins with it. */
const LOWEST_TITLE = 4;

function title(index: ContentIndex, findings: Findings): void {
  const heads = index.headings.filter(({ level }) => level === 1);
  const known = labelKey(index.page.title);
  const best =
    heads.find(({ text }) => known.includes(labelKey(text))) ??
    heads[0] ??
    index.headings.find(
      ({ text, level }) => level <= LOWEST_TITLE && text.length > 3 && known.startsWith(labelKey(text)),
    );
  if (best) addSelector(findings, "h1", "title", [quoteElement(index, best.node)], false);
}

/** The first paragraphs under the title: the longest-standing place of a summary. */
function lead(index: ContentIndex, findings: Findings): void {
  const head = index.headings.find(({ level }) => level === 1);
  const from = head ? head.span[1] : 0;
  const paragraph = index.elements.find((node) => {
    const span = index.outline.spanOf(node);
    return node.name === "p" && span !== null && span[0] >= from && span[1] - span[0] >= 40;
  });
  if (paragraph) addSelector(findings, "h1 ~ p", "summary", [quoteElement(index, paragraph)], false);
}

function author(index: ContentIndex, findings: Findings): void {
  for (const node of index.elements) {
    const span = index.outline.spanOf(node);
    if (!span || span[1] - span[0] > 80 || span[1] === span[0]) continue;
    const isAuthorLink =
      node.name === "a" &&
      (/\bauthor\b/.test(node.attribs["rel"] ?? "") || /\/authors?\//.test(node.attribs["href"] ?? ""));
    if (isAuthorLink) {
      addSelector(findings, 'a[rel~="author"]', "author", [quoteElement(index, node)], false);
      continue;
    }
    const name = BYLINE.exec(index.outline.textOf(node))?.[1];
    if (name !== undefined) addLabel(findings, "author", quoteSpan(index, node, [span[1] - name.length, span[1]]));
  }
}

function addLabel(findings: Findings, label: string, quote: Quote): void {
  addFinding(findings, { rule: { by: "label", label }, name: label, quotes: [quote], list: false });
}

function pictures(index: ContentIndex, findings: Findings): void {
  const images: Element[] = [];
  const pending: AnyNode[] = index.elements[0] ? [index.elements[0]] : [];
  for (let node = pending.pop(); node && images.length < 12; node = pending.pop()) {
    if (!isTag(node)) continue;
    if (node.name === "img" && isContentPicture(node)) images.push(node);
    for (let child = node.lastChild; child; child = child.prev) pending.push(child);
  }
  const quotes = images.flatMap((node) => addressQuote(index, node, node.attribs["data-src"] ? "data-src" : "src"));
  const rule = { by: "selector", selector: "img", attribute: "src", list: true } as const;
  addFinding(findings, { rule, name: "images", quotes, list: true, type: "image" });
}

function isContentPicture(node: Element): boolean {
  const [width, height] = [Number(node.attribs["width"] ?? 200), Number(node.attribs["height"] ?? 200)];
  if (width < 100 || height < 100) return false;
  return !/^data:/.test(node.attribs["data-src"] ?? node.attribs["src"] ?? "data:");
}

function documents(index: ContentIndex, findings: Findings): void {
  const links = index.elements.filter(
    (node) => node.name === "a" && isDocumentAddress(absolute(index, node.attribs["href"] ?? "")),
  );
  const quotes = links.flatMap((node) => addressQuote(index, node, "href"));
  const address = { by: "selector", selector: "a[href]:document", attribute: "href", list: true } as const;
  addFinding(findings, { rule: address, name: "documents", quotes, list: true, type: "document" });
  const names = { by: "selector", selector: "a[href]:document", list: true } as const;
  addFinding(findings, {
    rule: names,
    name: "document names",
    quotes: links.map((node) => quoteElement(index, node)),
    list: true,
  });
}

function contacts(index: ContentIndex, findings: Findings): void {
  for (const [scheme, name, type] of [
    ["mailto:", "contact email", "email"],
    ["tel:", "contact phone", "phone"],
  ] as const) {
    const link = index.elements.find((node) => node.attribs["href"]?.toLowerCase().startsWith(scheme));
    if (!link) continue;
    const raw = link.attribs["href"] ?? "";
    const text = raw.slice(scheme.length).replace(/\?.*$/s, "");
    const quote: Quote = { text, raw, path: nodePath(link), attribute: "href" };
    const rule = { by: "selector", selector: `a[href^="${scheme}"]`, attribute: "href", list: false } as const;
    addFinding(findings, { rule, name, quotes: [quote], list: false, type });
  }
}

function addSelector(findings: Findings, selector: string, name: string, quotes: Quote[], list: boolean): void {
  const finding: Finding = { rule: { by: "selector", selector, list }, name, quotes, list };
  addFinding(findings, finding);
}

function addressQuote(index: ContentIndex, node: Element, attribute: string): Quote[] {
  const raw = node.attribs[attribute] ?? "";
  return raw.trim() === "" ? [] : [{ text: absolute(index, raw), raw, path: nodePath(node), attribute }];
}

function absolute(index: ContentIndex, href: string): string {
  return resolveUrl(href, index.page.baseUrl) ?? href;
}
