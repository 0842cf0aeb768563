import { layout, pagerOf, tableOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders } from "./tenders.ts";

/** The word that the picture of the CAPTCHA shows. */
export const CAPTCHA_WORD = "borough";

/**
 * From page `from` on the list asks whether a person is there, until the word of a picture was typed and sent: a cookie remembers
 * it. With `scripted` the rows are drawn by a script, so that only a browser has them.
 */
export function captchaGate({
  count,
  size,
  from = 1,
  scripted = false,
}: PagedOptions & { from?: number; scripted?: boolean }): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ method, path, query, form, cookies }) => {
    if (path === "/verify" && method === "POST") {
      const back = form.get("back") ?? "/tenders";
      if (form.get("word") !== CAPTCHA_WORD) return { status: 403, body: captcha(back) };
      return { status: 302, headers: { location: back, "set-cookie": "person=yes; Path=/; HttpOnly" } };
    }
    if (path !== "/tenders") return null;
    const page = Number(query.get("page") ?? "1");
    if (page >= from && cookies.get("person") !== "yes") return { status: 403, body: captcha(`/tenders?page=${page}`) };
    const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
    const table = tableOf(pageOf(truth, page, size));
    const main = scripted ? `<div id="list"></div><noscript>This list needs JavaScript.</noscript>` : table + pager;
    const script = `<script>document.getElementById("list").innerHTML = ${JSON.stringify(table + pager)}</script>`;
    return { body: layout("Tenders", main, scripted ? script : "") };
  };
}

/** The field fills the upper left of the tab, so that a test can press it by its place. Enter sends it. */
function captcha(back: string): string {
  return `<!doctype html><title>Attention Required!</title>
<style>body{margin:0}input[name=word]{position:absolute;left:0;top:0;width:50vw;height:50vh}form{padding-top:55vh}</style>
<form method="post" action="/verify"><div class="g-recaptcha" data-sitekey="x"></div>
<h1>Please complete the security check</h1><p>Prove that you are not a robot: type the word of the picture.</p>
<input name="word" aria-label="Word" autocomplete="off"><input type="hidden" name="back" value="${back}"><button>Go on</button></form>`;
}
