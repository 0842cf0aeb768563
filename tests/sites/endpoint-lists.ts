import { ANSWERS, items, json, type EndpointKind, type Item } from "./endpoint-answers.ts";
import { layout } from "./layout.ts";
import type { SiteAnswer, SiteHandler, SiteRequest } from "./local-site.ts";
import { tenders } from "./tenders.ts";
import type { TrueRecord } from "./portal.ts";

export interface EndpointListOptions {
  readonly count: number;
  readonly size: number;
  /** The first part is in the page as state: its script asks for the second part on. */
  readonly state?: boolean;
  /** The endpoint wants a token that the page was given, as against forged requests. */
  readonly token?: "header" | "body";
  /** What becomes of an answer before it is sent; `isScript` where a browser asked for it. */
  readonly change?: (answer: SiteAnswer, request: SiteRequest & { readonly isScript: boolean }) => SiteAnswer;
}

export const LIST_PATH = "/tenders";

/** A list that a script draws from an endpoint of its own, with a button for more. */
export function endpointList(kind: EndpointKind, options: EndpointListOptions): SiteHandler {
  const { count, size, token } = options;
  const all = items(count);
  return (request) => {
    const { path, headers, text } = request;
    if (path === LIST_PATH) return { body: pageOf(kind, all, options) };
    if (path.startsWith("/notice/")) return { body: layout("Notice", "<h1>Notice</h1>") };
    if (path !== "/api/notices" && path !== "/graphql") return null;
    if (token === "header" && headers["x-csrf-token"] !== TOKEN) return json({ error: "forged" }, {}, 403);
    if (token === "body" && !text.includes(TOKEN)) return json({ error: "forged" }, {}, 403);
    const answer = ANSWERS[kind](request, all, size);
    const isScript = headers["sec-fetch-mode"] !== undefined;
    return options.change ? options.change(answer, { ...request, isScript }) : answer;
  };
}

/** What the page shows. */
export function shownRecords(count: number): TrueRecord[] {
  return tenders(count).map(({ reference, title, agency, closesIso, value }, nth) => ({
    mark: reference,
    fields: {
      referenceNumber: reference,
      title: title.replace("Harbour Road", "Harbour & Quay Road"),
      agency,
      closingDate: closesIso,
      estimatedValue: `${value.replace(/\D/g, "")} GBP`,
      detailUrl: `/notice/n${5000 + nth * 3}/view`,
    },
  }));
}

const TOKEN = "f7Jq20anZ";

const DRAW = `
const list = document.getElementById("list"), more = document.getElementById("more");
const day = (ms) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(ms);
const plain = (html) => { const area = document.createElement("textarea"); area.innerHTML = html; return area.value; };
function draw(items) {
  for (const item of items) {
    const row = list.insertRow();
    for (const text of [item.reference, "", item.buyer.name, day(item.deadline), "£" + item.budget.amount.toLocaleString("en-GB")]) row.insertCell().textContent = text;
    const link = document.createElement("a"); link.href = "/notice/" + item.id + "/view"; link.textContent = plain(item.title); row.cells[1].append(link);
  }
}
async function ask(url, init = {}) { return await (await fetch(url, { ...init, headers: { ...init.headers, ...EXTRA } })).json(); }
const post = (url, body, type) => ask(url, { method: "POST", headers: { "content-type": type }, body });
async function run(load) { const next = async () => { if (!(await load())) more.remove(); }; more.addEventListener("click", next); await next(); }
`;

/** The script of the page, from the part that it asks for first. */
const START: Readonly<Record<EndpointKind, (size: number, from: 1 | 2) => string>> = {
  "page number": (size, from) =>
    `let page = ${from}; run(async () => { const got = await ask("/api/notices?page=" + page++ + "&size=${size}"); draw(got.content); return !got.last; });`,
  "short last page": (size) =>
    `let page = 1; run(async () => { const got = await ask("/api/notices?page=" + page++); draw(got); return got.length === ${size}; });`,
  "endless pages": (size) =>
    `let page = 1; run(async () => { const got = await ask("/api/notices?page=" + page++); draw(got.rows); return got.rows.length === ${size}; });`,
  offset: (size, from) =>
    `let start = ${(from - 1) * size}; run(async () => { const got = await ask("/api/notices?start=" + start + "&rows=${size}"); draw(got.response.docs); start += ${size}; return start < got.response.numFound; });`,
  cursor: () =>
    `let cursor = ""; run(async () => { const got = await ask("/api/notices?limit=8" + (cursor && "&cursor=" + cursor)); draw(got.results); cursor = got.meta.nextCursor; return cursor !== null; });`,
  "next link": () =>
    `let url = "/api/notices"; run(async () => { const got = await ask(url); draw(got.items); url = got.links.next; return url !== null; });`,
  headers: () =>
    `let url = "/api/notices"; run(async () => { const answer = await fetch(url); draw(await answer.json()); url = /<([^>]*)>; rel="next"/.exec(answer.headers.get("link"))?.[1]; return url !== undefined; });`,
  "posted JSON": (size) =>
    `let number = 0; run(async () => { const got = await post("/api/notices", JSON.stringify({ text: "", page: { number: number++, size: ${size} }, TOKENS }), "application/json"); draw(got.hits); return got.paging.hasNext; });`,
  "posted form": (size) =>
    `let start = 0, times = 1; run(async () => { const body = new URLSearchParams({ draw: times++, start, length: ${size}, "search[value]": "" });
     const got = await post("/api/notices", body.toString(), "application/x-www-form-urlencoded"); draw(got.data); start += ${size}; return start < got.recordsFiltered; });`,
  GraphQL: (size) =>
    `let after = null; run(async () => { const query = "query Notices($first: Int!, $after: String) { notices(first: $first, after: $after) { pageInfo { endCursor hasNextPage } edges { node { id } } } }";
     const got = (await post("/graphql", JSON.stringify({ query, variables: { first: ${size}, after } }), "application/json")).data.notices;
     draw(got.edges.map((edge) => edge.node)); after = got.pageInfo.endCursor; return got.pageInfo.hasNextPage; });`,
  "a mutation": (size) =>
    `let after = null; run(async () => { const query = "mutation Log($first: Int!, $after: String) { logSearch(first: $first, after: $after) { rows { id } endCursor } }";
     const got = (await post("/graphql", JSON.stringify({ query, variables: { first: ${size}, after } }), "application/json")).data.logSearch;
     draw(got.rows); after = got.endCursor; return after !== null; });`,
  groups: () =>
    `run(async () => { const got = await ask("/api/notices"); draw(got.departments.flatMap((department) => department.notices)); return false; });`,
};

const TABLE = `<table><thead><tr><th>Reference</th><th>Title</th><th>Department</th><th>Closing date</th><th>Value</th></tr></thead><tbody id="list"></tbody></table>
<button id="more" type="button">Load more</button>`;

function pageOf(kind: EndpointKind, all: readonly Item[], { size, state = false, token }: EndpointListOptions): string {
  const held = state ? { props: { pageProps: { notices: all.slice(0, size) } }, buildId: "b1" } : null;
  const data = held ? `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify(held)}</script>` : "";
  const first = held
    ? `draw(JSON.parse(document.getElementById("__NEXT_DATA__").textContent).props.pageProps.notices);`
    : "";
  const draw = DRAW.replace("EXTRA", token === "header" ? `{ "x-csrf-token": "${TOKEN}" }` : "{}");
  // Where the first part is there already, nothing is asked for before the button is pressed.
  const run = held ? draw.replace("await next(); }", "}") : draw;
  const start = START[kind](size, held ? 2 : 1).replace("TOKENS", token === "body" ? `csrfToken: "${TOKEN}"` : "");
  return layout("Tenders", TABLE, `${data}<script>${run}${first}${start}</script>`);
}
