import { CookieJar, type EgressRequest, type EgressResponse, type GuardedClient } from "#platform/egress";
import type { HarvestWall } from "../harvest-request.ts";
import type { RequestStep } from "#engines/extraction";
import { NeedsBrowser, NotHtml } from "../errors.ts";
import { sessionOfJar, type SessionState } from "../logins/session-state.ts";
import { labelOf, type WalkStep } from "../walk/walk-step.ts";
import { countIn } from "./count-header.ts";
import { pageLinks } from "./link-header.ts";
import type { EarlierCopy, FetchedPage, PageSource, TakeOptions, Validators } from "./page-source.ts";

const ACCEPT = "text/html,application/xhtml+xml;q=0.9,application/json;q=0.8,*/*;q=0.5";

const ACCEPT_DATA = "application/json, text/plain;q=0.9, */*;q=0.5";

export interface HttpSourceOptions {
  readonly client: Pick<GuardedClient, "send">;
  readonly robots: "respect" | "ignore";
  /** As an earlier `cookies()` gave them. */
  readonly cookies?: string | null;
  /** Shows a wall to people, and returns the cookies that they got; null when nobody cleared it. */
  readonly attend?: ((wall: HarvestWall) => Promise<string | null>) | false;
}

/** Plain HTTP: links are asked for, forms are sent as a browser would send them; no script runs. */
export class HttpSource implements PageSource {
  readonly transport = "http";
  readonly #client: Pick<GuardedClient, "send">;
  readonly #robots: "respect" | "ignore";
  readonly #attend: HttpSourceOptions["attend"];
  #jar: CookieJar;

  constructor({ client, robots, cookies, attend = false }: HttpSourceOptions) {
    this.#client = client;
    this.#robots = robots;
    this.#attend = attend;
    this.#jar = cookies ? CookieJar.deserializeSync(cookies) : new CookieJar();
  }

  async take(step: WalkStep, { referer, earlier, signal }: TakeOptions = {}): Promise<FetchedPage> {
    const request = {
      ...requestOf(step, referer ?? null),
      cookies: this.#jar,
      robots: this.#robots,
      ...(signal ? { signal } : {}),
    };
    const known = request.method === "GET" ? (earlier ?? null) : null;
    const response = await this.#client.send(known ? { ...request, validators: known.validators } : request);
    if (response.notModified && known) {
      const bytes = await known.read();
      return bytes
        ? reused(step, response, known, bytes)
        : this.take(step, { ...(referer ? { referer } : {}), ...(signal ? { signal } : {}) });
    }
    return fetched(step, response);
  }

  async attend(wall: HarvestWall): Promise<boolean> {
    const cookies = this.#attend ? await this.#attend(wall) : null;
    if (cookies === null) return false;
    this.#jar = CookieJar.deserializeSync(cookies);
    return true;
  }

  async cookies(): Promise<string | null> {
    const jar = this.#jar.serializeSync();
    return jar && jar.cookies.length > 0 ? JSON.stringify(jar) : null;
  }

  async session(): Promise<SessionState | null> {
    const cookies = await this.cookies();
    return cookies === null ? null : sessionOfJar(cookies);
  }

  /** The client belongs to whoever made it. */
  async close(): Promise<void> {}
}

function requestOf(step: WalkStep, referer: string | null): EgressRequest {
  const headers: Record<string, string> = { accept: ACCEPT, ...(referer ? { referer } : {}) };
  if (step.kind === "open" || step.kind === "link") return { url: step.url, method: "GET", headers };
  if (step.kind === "request") return dataRequestOf(step, referer);
  if (step.kind !== "form") throw new NeedsBrowser(step.kind === "scroll" ? "Scrolling on" : `"${labelOf(step)}"`);
  const form = new URLSearchParams(step.fields.map(([name, value]): [string, string] => [name, value])).toString();
  if (step.method === "GET") {
    const url = new URL(step.url);
    url.search = form;
    return { url: url.href, method: "GET", headers };
  }
  const posted = { ...headers, "content-type": "application/x-www-form-urlencoded", origin: new URL(step.url).origin };
  return { url: step.url, method: "POST", headers: posted, body: form };
}

/** As the script of the page asks, without anything that could be secret. What is posted goes to no other origin. */
function dataRequestOf({ url, method, headers, body }: RequestStep, referer: string | null): EgressRequest {
  const { accept = ACCEPT_DATA, "x-requested-with": by } = headers;
  const asked = { accept, ...(by === undefined ? {} : { "x-requested-with": by }), ...(referer ? { referer } : {}) };
  if (method === "GET" || !body) return { url, method: "GET", headers: asked };
  const type = body.as === "json" ? "application/json" : "application/x-www-form-urlencoded";
  const posted = { ...asked, "content-type": type, origin: new URL(url).origin };
  return { url, method, headers: posted, body: body.text, bodyStays: true };
}

function fetched(step: WalkStep, response: EgressResponse): FetchedPage {
  const { url, status, body: bytes, fetchedAt: capturedAt, durationMs } = response;
  const mediaType = response.headers["content-type"] ?? "";
  if (status < 400 && !isHtml(mediaType, bytes)) throw new NotHtml(url, mediaType.replace(/;.*$/, ""));
  const linked = pageLinks(response.headers["link"], url);
  const counted = /json/i.test(mediaType) ? countIn(response.headers) : null;
  // The way on and the total are not in the bytes: a copy of them would lose them.
  const validators = status === 200 && !linked && counted === null ? validatorsOf(response) : null;
  const facts = { step, url, status, bytes, mediaType, capturedAt, durationMs, validators, reusedArtifact: null };
  return { ...facts, ...(linked ? { linked } : {}), ...(counted === null ? {} : { counted }) };
}

function reused(step: WalkStep, response: EgressResponse, earlier: EarlierCopy, bytes: Uint8Array): FetchedPage {
  const { url, fetchedAt: capturedAt, durationMs } = response;
  const { artifact: reusedArtifact, mediaType } = earlier;
  const validators = validatorsOf(response) ?? earlier.validators;
  return { step, url, status: 200, bytes, mediaType, capturedAt, durationMs, validators, reusedArtifact };
}

function validatorsOf({ headers }: EgressResponse): Validators | null {
  const { etag, "last-modified": lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return null;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

/** Servers forget the header or name it wrongly; a page is also what begins like one. */
function isHtml(mediaType: string, bytes: Uint8Array): boolean {
  if (/\b(html|xhtml|json)/i.test(mediaType) || /\+json\b/i.test(mediaType)) return true;
  if (mediaType !== "" && !/^(text\/plain|application\/octet-stream|text\/xml|application\/xml)/i.test(mediaType))
    return false;
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  return /<(!doctype\s+html|html|head|body|table|div)\b/i.test(start);
}
