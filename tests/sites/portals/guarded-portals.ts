import {
  captchaAfterFirstPage,
  disclaimerList,
  emptyList,
  framedList,
  loginPage,
  softNotFound,
} from "../guarded-lists.ts";
import { layout, tableOf } from "../layout.ts";
import type { SiteHandler } from "../local-site.ts";
import { numberedTable } from "../paged-lists.ts";
import type { Portal } from "../portal.ts";
import { tenders } from "../tenders.ts";
import { troubledList, type Trouble } from "../troubled-lists.ts";
import { boroughPortal } from "./borough-portals.ts";

const thirty = { count: 30, size: 10 };
const twenty = [...tenders(10), ...tenders(30).slice(20)];

/** Answers the same to everybody, whatever they ask for. */
const always =
  (answer: ReturnType<SiteHandler>): (() => SiteHandler) =>
  () =>
  ({ path }) =>
    path === "/tenders" ? answer : null;

const challenge = `<!doctype html><html><head><title>Just a moment...</title><meta http-equiv="refresh" content="30"></head>
<body><div class="main-wrapper"><h1>weirbridge.example</h1><p>Checking your browser before you are let in. This takes a few seconds.</p>
<noscript>Enable JavaScript and cookies to continue</noscript></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>`;
const captcha = `<!doctype html><html><head><title>Security check</title></head><body><h1>One more step</h1>
<p>Please type the characters you see in the image to prove that you are human.</p><form method="post"><img src="/captcha.png" class="captcha" alt="captcha"><input name="answer"><button>Go on</button></form></body></html>`;

const troubles = (
  [
    ["asks-to-wait", "429 with Retry-After", "complete"],
    ["unavailable-once", "503", "complete"],
    ["broken", "a page that stays broken", "incomplete"],
    ["slow", "slow", "complete"],
    ["cut", "truncated responses", "incomplete"],
  ] as const satisfies readonly (readonly [Trouble, string, string])[]
).map(([trouble, kind, completeness]) =>
  boroughPortal(`${kind} on the second page`, {
    kind,
    handle: () => troubledList(trouble, thirty),
    of: completeness === "complete" ? tenders(30) : twenty,
    completeness,
  }),
);

/** Notices, walls, frames, and servers in trouble. */
export const GUARDED_PORTALS: readonly Portal[] = [
  ...troubles,
  boroughPortal("terms that have to be accepted", {
    kind: "notice before the list",
    handle: () => disclaimerList(thirty),
    of: tenders(30),
  }),
  boroughPortal("a list in a frame", { kind: "iframe", handle: () => framedList(thirty), of: tenders(30) }),
  boroughPortal("no tenders at the moment", {
    kind: "empty list",
    handle: emptyList,
    of: [],
    completeness: "unknown",
    stopped: "no_records",
  }),
  boroughPortal("pages that are not there, with status 200", {
    kind: "soft 404",
    handle: () => softNotFound(thirty),
    of: tenders(10),
    completeness: "incomplete",
  }),
  boroughPortal("a CAPTCHA behind the first page", {
    kind: "CAPTCHA",
    needs: "person",
    handle: () => captchaAfterFirstPage(thirty),
    of: tenders(10),
    completeness: "incomplete",
    stopped: "wall",
    wall: "captcha",
  }),
  boroughPortal("a CAPTCHA before the list", {
    kind: "CAPTCHA",
    needs: "person",
    handle: always({ body: captcha }),
    of: [],
    completeness: "incomplete",
    stopped: "wall",
    wall: "captcha",
  }),
  boroughPortal("a check of the browser that never ends", {
    kind: "challenge page",
    needs: "person",
    handle: always({ status: 503, body: challenge }),
    of: [],
    completeness: "incomplete",
    stopped: "wall",
    wall: "challenge",
  }),
  boroughPortal("a log-in page", {
    kind: "log-in",
    needs: "person",
    handle: loginPage,
    of: [],
    completeness: "incomplete",
    stopped: "wall",
    wall: "login",
  }),
  boroughPortal("429 for ever", {
    kind: "429 with Retry-After",
    needs: "person",
    handle: always({ status: 429, headers: { "retry-after": "1" }, body: "<h1>Too many requests</h1>" }),
    of: [],
    completeness: "incomplete",
    stopped: "wall",
    wall: "limit",
  }),
  boroughPortal("503 for ever", {
    kind: "503",
    handle: always({ status: 503, body: "<title>Maintenance</title><h1>Back soon</h1>" }),
    of: [],
    completeness: "unknown",
    stopped: "no_records",
  }),
  boroughPortal("cut in the middle, always", {
    kind: "truncated responses",
    handle: always({ body: layout("Tenders", tableOf(tenders(30))), cutAfter: 1_500 }),
    of: [],
    completeness: "unknown",
    error: "unreachable",
  }),
  boroughPortal("slow from the first page on", {
    kind: "slow",
    handle: () => {
      const list = numberedTable(thirty);
      return (request) => {
        const answer = list(request);
        return answer && { ...answer, delayMs: 300 };
      };
    },
    of: tenders(30),
  }),
];
