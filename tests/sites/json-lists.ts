import { layout } from "./layout.ts";
import type { SiteHandler, SiteRequest } from "./local-site.ts";
import { tenders, type Tender } from "./tenders.ts";

export interface JsonListOptions {
  readonly count: number;
  readonly size: number;
}

/** How the endpoint of a page that a script draws is asked for its next part. */
export type JsonPaging = "page number" | "offset" | "cursor" | "next address";

const FIRST: Readonly<Record<JsonPaging, (size: number) => string>> = {
  "page number": (size) => `/api/notices?page=1&size=${size}`,
  offset: (size) => `/api/notices?offset=0&limit=${size}`,
  cursor: (size) => `/api/notices?limit=${size}`,
  "next address": (size) => `/api/notices?part=1&limit=${size}`,
};

/** The page asks for a part, draws it, and for the next one when its button is pressed or it is scrolled. */
const DRAW = `
let at = FIRST; const list = document.getElementById("list"); const button = document.getElementById("more");
async function load() {
  const answer = await fetch(at); if (!answer.ok) return;
  const { data, paging } = await answer.json();
  for (const one of data.notices) {
    const row = document.createElement("tr");
    for (const text of [one.reference, null, one.buyer.name, one.closes]) { const cell = row.insertCell(); if (text) cell.textContent = text; }
    const link = document.createElement("a"); link.href = "/notices/" + one.id; link.textContent = one.title; row.cells[1].append(link);
    list.append(row);
  }
  at = paging.follow; if (!at) button.remove();
}
button.addEventListener("click", load);
(async () => { await load(); if (TWICE && at) await load(); })();`;

const item = ({ reference, title, agency, closes }: Tender, at: number) => ({
  id: 7000 + at,
  reference,
  title,
  buyer: { name: agency },
  closes,
  internal: { score: at * 3, draft: false },
});

/**
 * A table that a script draws from JSON. `twice`: it asks for two parts at once, so that a cursor shows what it is for;
 * `token`: the endpoint wants what only the page's script can send.
 */
export function jsonList(
  paging: JsonPaging,
  { count, size, twice = false, token = false }: JsonListOptions & { twice?: boolean; token?: boolean },
): SiteHandler {
  const truth = tenders(count).map(item);
  const script = DRAW.replace("FIRST", JSON.stringify(FIRST[paging](size))).replace("TWICE", String(twice));
  const guarded = token ? script.replace("fetch(at)", `fetch(at, { headers: { "x-token": "t" + 41 } })`) : script;
  const table = `<table><thead><tr><th>Reference</th><th>Title</th><th>Buyer</th><th>Closing date</th></tr></thead><tbody id="list"></tbody></table><button id="more" type="button">Load more</button>`;
  return (request) => {
    if (request.path === "/notices") return { body: layout("Notices", table, `<script>${guarded}</script>`) };
    if (request.path !== "/api/notices") return null;
    if (token && request.headers["x-token"] !== "t41") return { status: 403, body: "{}" };
    return {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(partOf(paging, truth, request, size)),
    };
  };
}

function partOf(paging: JsonPaging, truth: readonly object[], { query }: SiteRequest, size: number) {
  const from = fromOf(paging, query, size);
  const notices = truth.slice(from, from + size);
  const ended = from + size >= truth.length;
  const follow = ended ? null : followOf(paging, from + size, size);
  const named = paging === "next address" ? { next: follow } : {};
  const cursor = paging === "cursor" ? { after: ended ? null : cursorOf(from + size) } : {};
  // "follow" is what the page's own script goes by; nothing about its name says so.
  return {
    data: { notices, ...(paging === "offset" ? { total: truth.length } : {}) },
    paging: { ...named, ...cursor, follow },
  };
}

const cursorOf = (from: number): string => Buffer.from(`from:${from}`).toString("base64url");

function fromOf(paging: JsonPaging, query: URLSearchParams, size: number): number {
  if (paging === "page number") return (Number(query.get("page")) - 1) * size;
  if (paging === "offset") return Number(query.get("offset"));
  if (paging === "next address") return (Number(query.get("part")) - 1) * size;
  const cursor = query.get("after");
  return cursor === null ? 0 : Number(Buffer.from(cursor, "base64url").toString().replace("from:", ""));
}

function followOf(paging: JsonPaging, from: number, size: number): string {
  if (paging === "page number") return `/api/notices?page=${from / size + 1}&size=${size}`;
  if (paging === "offset") return `/api/notices?offset=${from}&limit=${size}`;
  if (paging === "next address") return `/api/notices?part=${from / size + 1}&limit=${size}`;
  return `/api/notices?limit=${size}&after=${cursorOf(from)}`;
}
