import type { PageAddresses } from "./pagination.ts";

const PARTS = /(\d+)/;

/** How two addresses differ, if in exactly one number. `template` has `{n}` in its place. */
export function numberDifference(a: string, b: string): { template: string; from: number; to: number } | null {
  const left = withoutFragment(a).split(PARTS);
  const right = withoutFragment(b).split(PARTS);
  if (left.length !== right.length) return null;
  const differing = left.flatMap((part, at) => (part === right[at] ? [] : [at]));
  const [at] = differing;
  if (differing.length !== 1 || at === undefined || at % 2 === 0) return null;
  return {
    template: left.map((part, index) => (index === at ? "{n}" : part)).join(""),
    from: Number(left[at]),
    to: Number(right[at]),
  };
}

/** Parameters and path parts that usually carry a page number or an offset. */
const PAGE_PARAMETER =
  /[?&;/](?:page|p|pg|paged|pagenum|pagenumber|pageno|page_no|page_number|pageindex|start|startat|startrow|offset|from|skip|seite|pagina|página|strona|strana|stranka|sida|side|sivu|oldal|pag|currentpage|curpage|cur|cp|first|begin|index)[=/_-]?\d+(?=$|[&/;.#?])/i;

export function hasPageParameter(url: string): boolean {
  return (
    PAGE_PARAMETER.test(url) || /\/p\d+\/?$/.test(url) || /[-_/](?:page|seite|index)[-_/]?\d+(?:\.\w+)?\/?$/i.test(url)
  );
}

const SECOND = /^[/_-](?:(?:page|pag|p|seite|strona|stranitsa|sida|side)[/:_-]?)?2$/i;

/** Whether an address is another one with the number of the second page at its end: `/review/2`, `/list_2.html`, `/a-page-2/`. */
export function continuesAddress(from: string, to: string): boolean {
  const [here, there] = [URL.parse(from), URL.parse(to)];
  if (!here || !there || here.host !== there.host || there.search !== here.search) return false;
  const [start, end] = [bareEnd(here.pathname), bareEnd(there.pathname)];
  return start !== "" && end.startsWith(start) && SECOND.test(end.slice(start.length));
}

function bareEnd(path: string): string {
  return path.replace(/(?:\/(?:index)?|\.\w{2,5})$/i, "");
}

const SAYS_NEXT =
  /(?:\/|[?&;][\w.$-]{1,40}=)(?:next(?:_?page)?|page_?next|nextset|forward|weiter|suivant|siguiente)(?=$|[/&;?#.])/i;

/** Whether an address asks for "the next page", whichever that is: the server counts where its visitor stands. */
export function asksForNext(url: string): boolean {
  return SAYS_NEXT.test(url);
}

/** "#/page/2": a script of the page reads it; what has such an address is no place in the page. */
export function isRoute(href: string): boolean {
  return /^#!?\S*[/=]\S/.test(href);
}

/** Finds how addresses count pages (from 0, 1 or one step), given at least two pages whose numbers are known; null when they don't agree. */
export function addressesOf(pages: readonly { page: number; url: string }[]): PageAddresses | null {
  for (const [at, one] of pages.entries()) {
    for (const other of pages.slice(at + 1, at + 4)) {
      if (one.page === other.page || one.url === other.url) continue;
      const difference = numberDifference(one.url, other.url);
      const step = difference ? (difference.to - difference.from) / (other.page - one.page) : 0;
      if (!difference || !Number.isInteger(step) || step <= 0) continue;
      const first = difference.from - (one.page - 1) * step;
      if (first >= 0 && first <= Math.max(step, 1)) return { template: difference.template, first, step };
    }
  }
  return null;
}

/** The address of a page, by number from 1. */
export function addressOfPage({ template, first, step }: PageAddresses, page: number): string {
  return template.replace("{n}", String(first + (page - 1) * step));
}

/** The number of the page that an address leads to; null when the address is not of this kind. */
export function pageOfAddress({ template, first, step }: PageAddresses, url: string): number | null {
  const [before = "", after = ""] = template.split("{n}");
  const bare = withoutFragment(url);
  if (!bare.startsWith(before) || !bare.endsWith(after)) return null;
  const value = bare.slice(before.length, bare.length - after.length);
  const page = /^\d+$/.test(value) ? (Number(value) - first) / step + 1 : 0;
  return Number.isInteger(page) && page >= 1 ? page : null;
}

export function withoutFragment(url: string): string {
  const at = url.indexOf("#");
  return at < 0 ? url : url.slice(0, at);
}
