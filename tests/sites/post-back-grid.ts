import { layout } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders } from "./tenders.ts";

/** A grid as WebForms makes it: its pager posts the form back with view state, and a session cookie has to come along. */
export function postBackGrid({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ method, path, form, cookies }) => {
    if (path !== "/Tenders.aspx") return null;
    if (method === "GET")
      return { body: grid(1), headers: { "set-cookie": "ASP.NET_SessionId=abc123; Path=/; HttpOnly" } };
    const from = /^state-(\d+)$/.exec(form.get("__VIEWSTATE") ?? "")?.[1];
    const target = /^Page\$(\d+)$/.exec(form.get("__EVENTARGUMENT") ?? "")?.[1];
    const isOurs = form.get("__EVENTTARGET") === "ctl00$Main$Grid" && form.get("ctl00$Main$Filter") === "open";
    if (!from || !target || !isOurs || cookies.get("ASP.NET_SessionId") !== "abc123")
      return { status: 500, body: "<title>Runtime Error</title><h1>Validation of viewstate MAC failed</h1>" };
    return { body: grid(Number(target)) };
  };

  function grid(page: number): string {
    const rows = pageOf(truth, page, size).map(
      ({ reference, title, agency, closes, href }) =>
        `<tr class="row"><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${agency}</td><td>${closes}</td></tr>`,
    );
    const numbers = Array.from({ length: pages }, (_, at) => at + 1).map((number) =>
      number === page
        ? `<td><span>${number}</span></td>`
        : `<td><a href="javascript:__doPostBack('ctl00$Main$Grid','Page$${number}')">${number}</a></td>`,
    );
    return layout(
      "Tenders",
      `<form method="post" action="./Tenders.aspx" id="form1">
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="state-${page}">
<select name="ctl00$Main$Filter"><option value="all">All</option><option value="open" selected>Open</option></select>
<table id="Grid"><tr><th>Reference</th><th>Title</th><th>Department</th><th>Closing date</th></tr>
${rows.join("\n")}
<tr class="pager"><td colspan="4"><table><tr>${numbers.join("")}</tr></table></td></tr>
</table></form>`,
      `<script>function __doPostBack(target, argument) { const form = document.getElementById("form1");
form.__EVENTTARGET.value = target; form.__EVENTARGUMENT.value = argument; form.submit(); }</script>`,
    );
  }
}
