import { Secret, TOTP } from "otpauth";
import { layout, pagerOf, tableOf } from "./layout.ts";
import type { SiteAnswer, SiteHandler, SiteRequest } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders } from "./tenders.ts";

/** Every session's key begins like this. */
export const SESSION_MARK = "key-5f3759df-";
export const ACCOUNT = { username: "buyer@example.org", password: "correct-horse-9!&<battery" } as const;
/** A period of two seconds: nobody waits half a minute for the next code. */
export const CODE_SECRET = "otpauth://totp/portal?secret=JBSWY3DPEHPK3PXPJBSWY3DP&period=2&digits=6&algorithm=SHA1";

export interface SignedInOptions extends PagedOptions {
  /** `one`: name and password together; `two`: one after the other; `drawn`: a script draws it and sends JSON. */
  readonly form?: "one" | "two" | "drawn";
  /** A hidden token that goes with the session, as against forged requests. */
  readonly token?: boolean;
  readonly codes?: boolean;
  /** The server ends each session once it has shown this page. */
  readonly endsSessionAfter?: number;
  /** Where an account is locked for good. Default 3. */
  readonly locksAfter?: number;
  /** What the page of the form says instead of the usual action. */
  readonly action?: string;
  /** How a sent form is answered instead. */
  readonly onSent?: (request: SiteRequest) => SiteAnswer | null;
  /** Markup and scripts that stand in the page of the form too. */
  readonly extra?: string;
  /** Pages behind the log-in repeat the password and the session. */
  readonly echoes?: boolean;
  /** Takes the right password, and forgets whom it let in. */
  readonly forgets?: boolean;
}

/** A list for those who signed in, and what was tried to get there. */
export interface SignedInSite {
  readonly handle: SiteHandler;
  /** How often a password was sent, right or wrong. */
  tries(): number;
  /** One-time codes that were sent, in order. */
  readonly codes: string[];
  /** Ends all sessions, as a server does that was started anew. */
  endSessions(): void;
}

/** The truth is `tenders(count)`, behind `/login`. Without a session every page leads there. */
export function signedInList(options: SignedInOptions): SignedInSite {
  const account = new Account(options.locksAfter ?? 3);
  const sessions = new Set<string>();
  const names = new Map<string, string>();
  const passed = new Set<string>();
  const ended = { once: false };
  const codes: string[] = [];
  let made = 0;
  const open = (set: Set<string>): string => {
    const id = `${SESSION_MARK}${(made += 1)}-${set === passed ? "half" : "whole"}`;
    set.add(id);
    return id;
  };

  function letIn(to = "/tenders"): SiteAnswer {
    const cookie = options.forgets ? "session=none" : `session=${open(sessions)}`;
    return redirect(to, `${cookie}; Path=/; HttpOnly`);
  }

  function signIn(request: SiteRequest, username: string, password: string): SiteAnswer {
    const verdict = account.judge(username, password);
    if (verdict === "locked") return { status: 200, body: locked() };
    if (verdict === "wrong") return { body: formPage(options, "Incorrect user name or password.", username) };
    if (!options.codes) return letIn(request.query.get("return") ?? "/tenders");
    return redirect("/login/code", `half=${open(passed)}; Path=/; HttpOnly`);
  }

  function post(request: SiteRequest): SiteAnswer | null {
    const { path, form, cookies, query } = request;
    const refused = options.onSent?.(request);
    if (refused) return refused;
    if (options.token && form.get("csrf") !== `t-${cookies.get("visitor")}`)
      return { status: 403, body: "<h1>Forbidden</h1>" };
    if (path === "/login/code") {
      const code = (form.get("code") ?? "").replace(/\s/g, "");
      codes.push(code);
      return passed.has(cookies.get("half") ?? "") && isCode(code)
        ? letIn()
        : { body: layout("Verification", codeForm("That code is not valid.")) };
    }
    if (path === "/login/password")
      return signIn(request, names.get(query.get("id") ?? "") ?? "", form.get("password") ?? "");
    if (options.form === "two") {
      const id = `n${names.size + 1}`;
      names.set(id, form.get("username") ?? "");
      return redirect(`/login/password?id=${id}`);
    }
    if (path === "/login/do") return signIn(request, form.get("username") ?? "", form.get("password") ?? "");
    return null;
  }

  function handle(request: SiteRequest): SiteAnswer | null {
    const { method, path, query, cookies } = request;
    if (method === "POST") return post(request);
    if (path === "/login") return { headers: { "set-cookie": "visitor=v7; Path=/" }, body: formPage(options) };
    if (path === "/login/texts")
      return { headers: { "content-type": "application/json" }, body: `{"title":"Sign in"}`, delayMs: 100 };
    if (path === "/login/password") return { body: layout("Sign in", passwordForm(query.get("id") ?? "")) };
    if (path === "/login/code") return { body: layout("Verification", codeForm()) };
    if (path !== "/tenders") return null;
    const session = cookies.get("session") ?? "";
    if (!sessions.has(session)) return redirect(`/login?return=${encodeURIComponent(`${path}${searchOf(query)}`)}`);
    const page = Number(query.get("page") ?? "1");
    if (options.endsSessionAfter === page && !ended.once) {
      ended.once = true;
      sessions.delete(session);
    }
    return { body: listPage(options, page, options.echoes ? echo(session) : "") };
  }

  return { handle, tries: () => account.tries, codes, endSessions: () => sessions.clear() };
}

class Account {
  tries = 0;
  readonly #locksAfter: number;
  #wrong = 0;

  constructor(locksAfter: number) {
    this.#locksAfter = locksAfter;
  }

  judge(username: string, password: string): "right" | "wrong" | "locked" {
    this.tries += 1;
    if (this.#wrong >= this.#locksAfter) return "locked";
    if (username === ACCOUNT.username && password === ACCOUNT.password) return "right";
    this.#wrong += 1;
    return this.#wrong >= this.#locksAfter ? "locked" : "wrong";
  }
}

const CODES = new TOTP({ secret: Secret.fromBase32("JBSWY3DPEHPK3PXPJBSWY3DP"), period: 2, digits: 6 });

/** The code of this moment, as an authenticator app shows it. */
export function codeNow(): string {
  return CODES.generate();
}

/** One step of the clock to either side, as RFC 6238 has it. */
function isCode(code: string): boolean {
  return CODES.validate({ token: code, window: 1 }) !== null;
}

/** What careless and hostile pages have in them. */
function echo(session: string): string {
  const written = JSON.stringify({ session, password: ACCOUNT.password }).replaceAll("<", "\\u003c");
  return `<script>var account = ${written}</script><p>Your password is ${escaped(ACCOUNT.password)}.</p>
<p><a href="/help;jsessionid=${session}?p=${encodeURIComponent(ACCOUNT.password)}">Help</a></p>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function listPage({ count, size }: PagedOptions, page: number, extra: string): string {
  const pages = Math.ceil(count / size);
  const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
  const from = (page - 1) * size + 1;
  const said = `<p>Showing ${from}–${Math.min(page * size, count)} of ${count} tenders</p>`;
  return layout("Tenders", said + tableOf(pageOf(tenders(count), page, size)) + pager, extra);
}

function formPage(options: SignedInOptions, problem = "", username = ""): string {
  const { form = "one", token = false, extra = "", action } = options;
  const said = problem === "" ? "" : `<p class="error" role="alert">${problem}</p>`;
  const hidden = token ? `<input type="hidden" name="csrf" value="t-v7">` : "";
  if (form === "drawn") return layout("Supplier portal", `<div id="app"></div>`, drawn() + extra);
  const fields =
    form === "two"
      ? `<label>User name <input name="username" autocomplete="username"></label><button>Next</button>`
      : `<label>User name <input name="username" value="${username}" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label>
<label><input type="checkbox" name="remember" value="1"> Remember me</label><button name="go" value="1">Sign in</button>`;
  const to = action ?? (form === "two" ? "/login/name" : "/login/do");
  return layout(
    "Sign in",
    `${said}<p>Please sign in to see the tenders.</p><form method="post" action="${to}">${hidden}${fields}</form>`,
    extra,
  );
}

function passwordForm(id: string): string {
  return `<p>Welcome back.</p><form method="post" action="/login/password?id=${id}">
<label>Password <input type="password" name="password"></label><button>Sign in</button></form>`;
}

function codeForm(problem = ""): string {
  return `<p>${problem}</p><p>Enter the code of your authenticator app.</p><form method="post" action="/login/code">
<label>Verification code <input name="code" inputmode="numeric" autocomplete="one-time-code"></label><button>Verify</button></form>`;
}

function locked(): string {
  return layout("Sign in", "<p>Your account has been locked after too many attempts. Please call the help desk.</p>");
}

/** Fields without a form; the answer is fetched, then the page moves on. */
function drawn(): string {
  return `<script>
fetch("/login/texts").then(async (texts) => {
  const { title } = await texts.json();
  const app = document.getElementById("app");
  app.innerHTML = "<h2>" + title + "</h2>" + '<label>E-mail <input id="u" type="email"></label><label>Password <input id="p" type="password"></label><button id="b" type="button">Log in</button><p id="m"></p>';
  document.getElementById("b").addEventListener("click", async () => {
    const body = new URLSearchParams({ username: document.getElementById("u").value, password: document.getElementById("p").value });
    const answer = await fetch("/login/do", { method: "POST", body });
    if (/\\/(tenders|code)$/.test(answer.url)) location.href = answer.url;
    else document.getElementById("m").textContent = "Incorrect user name or password.";
  });
});
</script>`;
}

function redirect(location: string, cookie?: string): SiteAnswer {
  return { status: 302, headers: { location, ...(cookie === undefined ? {} : { "set-cookie": cookie }) } };
}

function searchOf(query: URLSearchParams): string {
  const search = query.toString();
  return search === "" ? "" : `?${search}`;
}
