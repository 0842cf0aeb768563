import type { SiteAnswer, SiteRequest } from "./local-site.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

/** A notice as an endpoint has it: other spellings than the page's, and more than the page shows. */
export interface Item {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly buyer: { readonly name: string; readonly country: string };
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly budget: { readonly amount: number; readonly currency: string };
  readonly internal: { readonly score: number };
}

/** The first notices; titles have their entities escaped, as markup has them. */
export const items = (count: number): Item[] => tenders(count).map(itemOf);

function itemOf({ reference, title, agency, closesIso, value }: Tender, nth: number): Item {
  return {
    id: `n${5000 + nth * 3}`,
    reference,
    title: title.replace("Harbour Road", "Harbour &amp; Quay Road"),
    buyer: { name: agency, country: "GB" },
    deadline: Date.parse(`${closesIso}T00:00:00Z`),
    budget: { amount: Number(value.replace(/\D/g, "")), currency: "GBP" },
    internal: { score: nth * 7 },
  };
}

export const json = (value: unknown, headers: Record<string, string> = {}, status = 200): SiteAnswer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify(value),
});

/** A part of the list, and where it stands in it. */
interface Part {
  readonly rows: readonly Item[];
  readonly from: number;
  readonly total: number;
  readonly size: number;
  readonly isLast: boolean;
}

export type Answering = (request: SiteRequest, all: readonly Item[], size: number) => SiteAnswer;

const partFrom = (all: readonly Item[], from: number, size: number): Part => ({
  rows: all.slice(from, from + size),
  from,
  total: all.length,
  size,
  isLast: from + size >= all.length,
});

const byPage = (all: readonly Item[], page: number, size: number): Part => partFrom(all, (page - 1) * size, size);
const cursorOf = ({ from, size, isLast }: Part): string | null =>
  isLast ? null : Buffer.from(`row:${from + size}`).toString("base64url");
const fromCursor = (cursor: string | null | undefined): number =>
  cursor ? Number(Buffer.from(cursor, "base64url").toString().replace("row:", "")) : 0;

/** How endpoints answer. Each keeps to what services of its kind do. */
export const ANSWERS = {
  "page number": ({ query }, all, size) => {
    const { rows, total, isLast } = byPage(all, Number(query.get("page")), size);
    return json({ content: rows, totalElements: total, last: isLast });
  },
  "short last page": ({ query }, all, size) => json(byPage(all, Number(query.get("page")), size).rows),
  "endless pages": ({ query }, all, size) =>
    json({ rows: pageOf(all, Math.min(Number(query.get("page")), Math.ceil(all.length / size)), size) }),
  offset: ({ query }, all, size) => {
    const { rows, total, from } = partFrom(all, Number(query.get("start")), size);
    return json({ response: { numFound: total, start: from, docs: rows } });
  },
  cursor: ({ query }, all, size) => {
    const part = partFrom(all, fromCursor(query.get("cursor")), size);
    return json({ results: part.rows, meta: { nextCursor: cursorOf(part), hasMore: !part.isLast } });
  },
  "next link": ({ query }, all, size) => {
    const { rows, from, isLast } = partFrom(all, Number(query.get("at") ?? "0"), size);
    const next = isLast ? null : `/api/notices?at=${from + size}`;
    return json({ links: { self: `/api/notices?at=${from}`, next }, items: rows });
  },
  headers: ({ query }, all, size) => {
    const page = Number(query.get("part") ?? "1");
    const { rows, total, isLast } = byPage(all, page, size);
    const link = isLast ? `</api/notices?part=1>; rel="first"` : `</api/notices?part=${page + 1}>; rel="next"`;
    return json(rows, { "x-total-count": String(total), link: `${link}, </api/notices?part=1>; rel="last"` });
  },
  "posted JSON": ({ text }, all, size) => {
    const number = Number(/"number":(\d+)/.exec(text)?.[1] ?? "0");
    const { rows, isLast } = byPage(all, number + 1, size);
    return json({ hits: rows, paging: { number, hasNext: !isLast } });
  },
  "posted form": ({ form }, all, size) => {
    const { rows, total } = partFrom(all, Number(form.get("start")), size);
    return json({ draw: Number(form.get("draw")), recordsTotal: total, recordsFiltered: total, data: rows });
  },
  GraphQL: ({ text }, all, size) => {
    const part = partFrom(all, fromCursor(/"after":"([^"]*)"/.exec(text)?.[1]), size);
    const pageInfo = { endCursor: cursorOf(part) ?? "", hasNextPage: !part.isLast };
    return json({ data: { notices: { pageInfo, edges: part.rows.map((node) => ({ node })) } } });
  },
  "a mutation": ({ text }, all, size) => {
    const part = partFrom(all, fromCursor(/"after":"([^"]*)"/.exec(text)?.[1]), size);
    return json({ data: { logSearch: { rows: part.rows, endCursor: cursorOf(part) } } });
  },
  groups: (_, all) =>
    json({
      departments: [0, 1, 2].map((part) => ({
        department: `Department ${part + 1}`,
        notices: all.filter((__, nth) => Math.floor((nth * 3) / all.length) === part),
      })),
    }),
} as const satisfies Record<string, Answering>;

export type EndpointKind = keyof typeof ANSWERS;
