import { createServer } from "node:http";

export interface ListSite {
  url: string;
  host: string;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** Answers this page number with a wall until told otherwise. */
  wallAt: number | null;
  /** Holds the next request for this page number back until `open` is called; others are answered. */
  holdAt: number | null;
  open: () => void;
  close: () => Promise<void>;
}

const PAGES = 3;
const PER_PAGE = 8;

/** A list of 24 tenders on three pages that can stand behind a wall or answer slowly, as a test needs it. */
export async function startListSite(): Promise<ListSite> {
  let release = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://site");
    if (url.pathname !== "/list") return void response.writeHead(404).end();
    const page = Number(url.searchParams.get("page") ?? "1");
    site.asked.push(`${url.pathname}${url.search}`);
    if (site.holdAt === page) {
      site.holdAt = null;
      await release.promise;
    }
    const body = site.wallAt === page ? wallPage() : listPage(page);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const site: ListSite = {
    url: `http://${host}/list`,
    host,
    asked: [],
    wallAt: null,
    holdAt: null,
    open: () => {
      site.holdAt = null;
      release.resolve();
      release = Promise.withResolvers<void>();
    },
    close: () => {
      release.resolve();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return site;
}

function listPage(page: number): string {
  const rows = Array.from({ length: PER_PAGE }, (_, at) => (page - 1) * PER_PAGE + at + 1).map(
    (number) =>
      `<tr><td><a href="/t/${number}">Supply of item number ${number}</a></td><td>REF-${1000 + number}</td><td>2026-0${1 + (number % 9)}-1${number % 10}</td></tr>`,
  );
  const next = page < PAGES ? `<a rel="next" href="/list?page=${page + 1}">Next</a>` : "";
  const from = (page - 1) * PER_PAGE + 1;
  return `<!doctype html><title>Tenders</title><main><h1>Open tenders</h1><p>Showing ${from}–${from + PER_PAGE - 1} of ${PAGES * PER_PAGE} tenders</p>
<table><thead><tr><th>Title</th><th>Reference</th><th>Closing date</th></tr></thead><tbody>${rows.join("\n")}</tbody></table><nav>${next}</nav></main>`;
}

function wallPage(): string {
  return `<!doctype html><title>Just a moment...</title><h1>Verify you are human</h1><p>Complete the CAPTCHA to continue.</p>
<form action="/verify" method="post"><div class="g-recaptcha" data-sitekey="key"></div><button>Continue</button></form>
<script src="https://www.google.com/recaptcha/api.js"></script>`;
}
