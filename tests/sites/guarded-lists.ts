import { layout, pagerOf, tableOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders } from "./tenders.ts";

/** A disclaimer stands before the list until its form was accepted, which a cookie remembers. */
export function disclaimerList({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ method, path, query, form, cookies }) => {
    if (path === "/disclaimer" && method === "POST") {
      if (form.get("token") !== "d41d8" || form.get("agree") === null) return { status: 400, body: "" };
      return { status: 302, headers: { location: "/tenders", "set-cookie": "accepted=yes; Path=/" } };
    }
    if (path !== "/tenders") return null;
    if (cookies.get("accepted") !== "yes") return { body: disclaimer() };
    const page = Number(query.get("page") ?? "1");
    const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf(pageOf(truth, page, size)) + pager) };
  };
}

function disclaimer(): string {
  return layout(
    "Disclaimer",
    `<p>The information in this register is provided without warranty. Please read the terms and conditions of use
before you continue. The Borough accepts no liability for errors or omissions in the register.</p>
<form method="post" action="/disclaimer">
<input type="hidden" name="token" value="d41d8">
<label><input type="checkbox" name="agree" value="1"> I have read and accept the terms and conditions</label>
<button type="submit" name="go" value="accept">I accept</button>
<button type="submit" name="go" value="decline">I do not accept</button>
</form>`,
  );
}

/** Signed-in users only. */
export function loginPage(): SiteHandler {
  return ({ path }) =>
    path === "/tenders"
      ? {
          body: layout(
            "Sign in",
            `<p>Please sign in to see the tenders.</p>
<form method="post" action="/login"><label>User name <input name="username" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label>
<button>Sign in</button></form>`,
          ),
        }
      : null;
}

/** The list is fine on page 1; page 2 asks whether a person is there. */
export function captchaAfterFirstPage({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    if (path !== "/tenders") return null;
    if (page > 1)
      return {
        status: 403,
        body: `<!doctype html><title>Attention Required!</title><h1>Please complete the security check</h1>
<form method="post"><div class="g-recaptcha" data-sitekey="x"></div><p>Prove that you are not a robot to continue.</p></form>
<script src="https://www.google.com/recaptcha/api.js"></script>`,
      };
    const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf(pageOf(truth, page, size)) + pager) };
  };
}

/** The list stands in a frame; the page around it has none. */
export function framedList({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path, query }) => {
    if (path === "/tenders")
      return {
        body: layout("Tenders", `<iframe src="/frame/list" width="100%" height="900" title="Tenders"></iframe>`),
      };
    if (path !== "/frame/list") return null;
    const page = Number(query.get("page") ?? "1");
    const pager = pagerOf(page, pages, (number) => `/frame/list?page=${number}`);
    return { body: `<!doctype html><title>List</title>${tableOf(pageOf(truth, page, size))}${pager}` };
  };
}

/** Nothing is open at the moment, and the page says so. */
export function emptyList(): SiteHandler {
  return ({ path }) =>
    path === "/tenders"
      ? { body: layout("Tenders", "<p>There are currently no open tenders. No results found.</p>") }
      : null;
}

/** Answers 200 with an error page for everything but page 1. */
export function softNotFound({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    if (path !== "/tenders") return null;
    if (page > 1) return { body: layout("Page not found", "<p>Sorry, the page you asked for does not exist.</p>") };
    const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf(pageOf(truth, page, size)) + pager) };
  };
}
