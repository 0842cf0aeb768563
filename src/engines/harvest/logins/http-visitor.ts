import { CookieJar, type EgressRequest, type EgressResponse, type GuardedClient } from "#platform/egress";
import { fillForm, parsePage, type FormStep, type LogInForm } from "#engines/extraction";
import { sessionOfJar, type SessionState } from "./session-state.ts";
import type { LogInPage, LogInVisitor, Typed } from "./visitor.ts";

const ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5";

/** Sends log-in forms as a browser without scripts would. The body of a form never follows a redirect to another origin. */
export class HttpVisitor implements LogInVisitor {
  readonly transport = "http";
  readonly #client: Pick<GuardedClient, "send">;
  readonly #signal: AbortSignal;
  readonly #jar = new CookieJar();

  constructor({ client, signal }: { client: Pick<GuardedClient, "send">; signal: AbortSignal }) {
    this.#client = client;
    this.#signal = signal;
  }

  async open(url: string): Promise<LogInPage> {
    return await this.#ask({ url, method: "GET", headers: { accept: ACCEPT } });
  }

  /** A form that a script reads, draws or checks is left to a browser: sent without its script it would look like a wrong password. */
  canSend({ form, username, password, code }: LogInForm, { bytes }: LogInPage): boolean {
    if (!form || form.method !== "POST" || !/^https?:/i.test(form.action)) return false;
    const isNamed = [username, password, code].every((field) => field === null || field.name !== "");
    const html = new TextDecoder("latin1").decode(bytes);
    return isNamed && !SCRIPTED.test(html);
  }

  async send({ form, button, ...fields }: LogInForm, typed: Typed, { url }: LogInPage): Promise<LogInPage> {
    if (!form) throw new TypeError("A log-in without a form was to be sent over HTTP.");
    const values: Record<string, string> = {};
    for (const name of ["username", "password", "code"] as const) {
      const [field, value] = [fields[name], typed[name]];
      if (field && value !== null) values[field.name] = value;
    }
    const { url: action, fields: entries } = fillForm(form, values, { submitter: button });
    return await this.#ask({
      url: action,
      method: "POST",
      headers: {
        accept: ACCEPT,
        referer: url,
        origin: new URL(url).origin,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: encoded(entries),
      bodyStays: true,
    });
  }

  async session(): Promise<SessionState> {
    return sessionOfJar(JSON.stringify(this.#jar.serializeSync()));
  }

  /** The client belongs to whoever made it. */
  async close(): Promise<void> {}

  /** robots.txt is for those who come unasked; an account's owner is asked to use this form. */
  async #ask(request: EgressRequest): Promise<LogInPage> {
    return pageOf(await this.#client.send({ ...request, cookies: this.#jar, robots: "ignore", signal: this.#signal }));
  }
}

const SCRIPTED =
  /\bonsubmit\s*=|addEventListener\(\s*["']submit|\.submit\s*\(|\.onsubmit\b|preventDefault|g-recaptcha|h-captcha|cf-turnstile|crypto\.subtle|JSEncrypt/i;

function encoded(fields: FormStep["fields"]): string {
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
}

function pageOf({ url, status, body: bytes, headers }: EgressResponse): LogInPage {
  const contentType = headers["content-type"] ?? "";
  const page = parsePage({ bytes, url, ...(contentType === "" ? {} : { contentType }) });
  return { url, status, bytes, page, servedAt: dateOf(headers["date"]) };
}

/** A `Date` header; null when it is none. */
export function dateOf(header: string | undefined): Date | null {
  const at = Date.parse(header ?? "");
  return Number.isNaN(at) ? null : new Date(at);
}
