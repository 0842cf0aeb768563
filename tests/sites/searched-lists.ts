import { layout, nextPagerOf, tableOf } from "./layout.ts";
import type { SiteHandler, SiteRequest } from "./local-site.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

/** How a form writes a date: what it takes, and how it says so. */
export interface DateStyle {
  readonly attributes: string;
  readonly read: RegExp;
  /** Groups of `read` that hold year, month and day. */
  readonly parts: readonly [year: number, month: number, day: number];
  /** How the refusal of another form of date says it. */
  readonly wanted: string;
}

export const EUROPEAN: DateStyle = {
  attributes: 'type="text" placeholder="dd/mm/yyyy"',
  read: /^(\d\d)\/(\d\d)\/(\d{4})$/,
  parts: [3, 2, 1],
  wanted: "Please enter dates as dd/mm/yyyy.",
};

/** Says how it wants its dates only when it has refused one. */
export const CURT: DateStyle = {
  attributes: 'type="text"',
  read: /^(\d\d)\.(\d\d)\.(\d{4})$/,
  parts: [3, 2, 1],
  wanted: "Invalid date. Use the form DD.MM.YYYY.",
};

export const PICKED: DateStyle = {
  attributes: 'type="date"',
  read: /^(\d{4})-(\d\d)-(\d\d)$/,
  parts: [1, 2, 3],
  wanted: "Invalid date.",
};

export interface SearchedList {
  /** The day of the latest notice. */
  readonly today: () => string;
  readonly count: number;
  readonly size: number;
  readonly method: "get" | "post";
  readonly dates: DateStyle;
  /** A script sends the form, and writes what comes into the page. */
  readonly scripted?: boolean;
}

const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

interface Notice {
  readonly tender: Tender;
  /** Two notices a week, the latest today. */
  readonly published: string;
  readonly department: string;
}

const DEPARTMENTS = ["Roads", "Schools", "Parks"];

export function noticesOf({ today, count }: Pick<SearchedList, "today" | "count">): Notice[] {
  return tenders(count).map((tender, at) => ({
    tender,
    published: new Date(Date.parse(`${today()}T00:00:00Z`) - at * 3 * DAY_MS).toISOString().slice(0, 10),
    department: DEPARTMENTS[at % DEPARTMENTS.length] ?? "",
  }));
}

/** Notices that are shown only when somebody searches for them, by the days when they were published. */
export function searchedList(options: SearchedList): SiteHandler {
  const { method, dates, size, scripted = false } = options;
  const choices = DEPARTMENTS.map((name, at) => `<option value="${at + 1}">${name}</option>`).join("");
  const form = `<form id="search" role="search" method="${method}" action="/results">
<p><label>Words <input name="q" type="search"></label>
<label>Department <select name="dep"><option value="">All</option>${choices}</select></label></p>
<p><label>Published from <input name="d1" ${dates.attributes}></label> <label>Published to <input name="d2" ${dates.attributes}></label></p>
<button name="go" value="1">Search</button></form>`;
  const newsletter = `<form method="post" action="/newsletter"><label>Your e-mail <input name="email" type="email"></label><button>Subscribe to the newsletter</button></form>`;
  const script = `<script>document.getElementById("search").addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = new URLSearchParams(new FormData(event.target));
    const answer = await fetch("/part?" + asked);
    document.getElementById("found").innerHTML = await answer.text();
  });</script>`;

  return ({ path, query, form: posted, method: by }: SiteRequest) => {
    if (path === "/search")
      return { body: layout("Search notices", `${form}<div id="found"></div>${newsletter}`, scripted ? script : "") };
    if (path === "/newsletter") return { body: layout("Thank you", "<p>You are subscribed.</p>") };
    const asked = by === "POST" ? posted : query;
    if (path === "/part") return { body: found(asked) };
    if (path !== "/results") return null;
    return { body: layout("Notices", `${form}${found(asked)}${newsletter}`) };
  };

  function found(asked: URLSearchParams): string {
    const [from, to] = [read(asked.get("d1") ?? ""), read(asked.get("d2") ?? "")];
    if (from === "bad" || to === "bad") return `<p class="error" role="alert">${dates.wanted}</p>`;
    if (from === null || to === null) return `<p class="error" role="alert">Please enter a period.</p>`;
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (days > MOST_DAYS)
      return `<p class="error" role="alert">The period may not be longer than ${MOST_DAYS} days.</p>`;
    const words = (asked.get("q") ?? "").toLowerCase();
    const department = DEPARTMENTS[Number(asked.get("dep")) - 1];
    const rows = noticesOf(options)
      .filter(({ published }) => published >= from && published <= to)
      .filter((notice) => department === undefined || notice.department === department)
      .map(({ tender }) => tender)
      .filter(({ title }) => title.toLowerCase().includes(words));
    if (rows.length === 0) return "<p>No notices were found.</p>";
    const page = Number(asked.get("page") ?? "1");
    const next = new URLSearchParams(asked);
    const pager = nextPagerOf(page, Math.ceil(rows.length / size), (to) => {
      next.set("page", String(to));
      return `/results?${next}`.replaceAll("&", "&amp;");
    });
    return `<p>${rows.length} notices found</p>${tableOf(pageOf(rows, page, size))}${scripted ? "" : pager}`;
  }

  function read(written: string): string | "bad" | null {
    if (written === "") return null;
    const match = dates.read.exec(written);
    if (!match) return "bad";
    const [year, month, day] = dates.parts.map((part) => match[part]);
    return `${year}-${month}-${day}`;
  }
}

/** What is shown of the days from one to another, both included. */
export function foundBetween(options: Pick<SearchedList, "today" | "count">, from: string, to: string): Tender[] {
  return noticesOf(options)
    .filter(({ published }) => published >= from && published <= to)
    .map(({ tender }) => tender);
}
