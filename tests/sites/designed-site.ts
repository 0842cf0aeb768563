import type { SiteAnswer, SiteHandler } from "./local-site.ts";
import type { Look, Part } from "./looks.ts";
import type { Notice } from "./notices.ts";
import type { Shell } from "./shells.ts";
import type { Tongue } from "./tongues.ts";
import { pageOf } from "./tenders.ts";

/** How a list goes on behind its first page. */
export type Paging = "none" | "numbered" | "windowed" | "next" | "offset" | "path" | "arrows" | "more";

export interface Design {
  readonly tongue: Tongue;
  readonly shell: Shell;
  readonly look: Look;
  /** Which parts of a notice are shown, in this order. */
  readonly order?: readonly Part[];
  readonly paging: Paging;
  readonly size: number;
  /** Whether pages say how many there are in all. */
  readonly total?: boolean;
  /** Stands between heading and list. */
  readonly before?: string;
  readonly after?: string;
}

export const LIST = "/list";

/** A site that draws these notices by this design, under `/list`. */
export function designedSite(rows: readonly Notice[], design: Design): SiteHandler {
  const { paging, size } = design;
  const pages = paging === "none" ? 1 : Math.max(1, Math.ceil(rows.length / size));
  return ({ path, query }) => {
    const page = pageAsked(path, query, design);
    if (page === null || page < 1 || page > pages) return null;
    const shown = paging === "none" ? rows : paging === "more" ? rows.slice(0, page * size) : pageOf(rows, page, size);
    return drawPage(shown, rows.length, { page, pages }, design);
  };
}

export interface Position {
  readonly page: number;
  readonly pages: number;
}

export function drawPage(shown: readonly Notice[], count: number, at: Position, design: Design): SiteAnswer {
  const { tongue, shell, look, order, before = "", after = "", total = false } = design;
  const declared = total ? `<p class="count">${tongue.total(count)}</p>` : "";
  return { body: shell(tongue, `${before}${declared}${look(shown, tongue, order)}${pagerOf(at, design)}${after}`) };
}

function pageAsked(path: string, query: URLSearchParams, { paging, size }: Design): number | null {
  if (paging === "path") {
    const [, number] = /^\/list\/page\/(\d+)\/?$/.exec(path) ?? [];
    return path === LIST ? 1 : number === undefined ? null : Number(number);
  }
  if (path !== LIST) return null;
  if (paging === "offset") return Number(query.get("start") ?? "0") / size + 1;
  return Number(query.get("p") ?? "1");
}

function pagerOf({ page, pages }: Position, { paging, size, tongue }: Design): string {
  if (pages === 1 || paging === "none") return "";
  const href = (to: number): string =>
    paging === "offset"
      ? `${LIST}?start=${(to - 1) * size}`
      : paging === "path"
        ? `${LIST}/page/${to}`
        : `${LIST}?p=${to}`;
  const link = (to: number, label: string): string => `<a href="${href(to)}">${label}</a>`;
  const previous = page > 1 ? link(page - 1, tongue.previous) : "";
  const next = page < pages ? link(page + 1, tongue.next) : "";
  switch (paging) {
    case "next":
      return `<div class="nav-links">${previous} ${next}</div>`;
    case "arrows":
      return `<p align="center">${page > 1 ? link(page - 1, "&laquo;") : ""} ${page} / ${pages} ${page < pages ? link(page + 1, "&raquo;") : ""}</p>`;
    case "more":
      return next === "" ? "" : `<p>${link(page + 1, tongue.more)}</p>`;
    default:
      return `<ul class="pagination">${previous === "" ? "" : `<li>${previous}</li>`}${numbers(page, pages, paging)
        .map((to) =>
          to === null
            ? "<li><span>…</span></li>"
            : to === page
              ? `<li class="active"><span>${to}</span></li>`
              : `<li>${link(to, String(to))}</li>`,
        )
        .join("")}${next === "" ? "" : `<li>${next}</li>`}</ul>`;
  }
}

function numbers(page: number, pages: number, paging: Paging): (number | null)[] {
  const all = Array.from({ length: pages }, (_, at) => at + 1);
  if (paging !== "windowed") return all;
  const near = all.filter((one) => one === 1 || one === pages || Math.abs(one - page) <= 1);
  return near.flatMap((one, at) => (at > 0 && one - (near[at - 1] ?? 0) > 1 ? [null, one] : [one]));
}
