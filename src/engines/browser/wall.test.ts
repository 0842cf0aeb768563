import { describe, expect, it } from "vitest";
import { detectWall } from "./wall.ts";

const list = Array.from(
  { length: 30 },
  (_, n) =>
    `<tr><td><a href="/tender/${n}">Tender ${n}: maintenance of roads and bridges in district ${n}</a></td><td>2026-03-0${n % 9}</td></tr>`,
).join("");

const page = (
  body: string,
  {
    title = "",
    status = 200,
    ...rest
  }: { title?: string; status?: number; url?: string; headers?: Record<string, string> } = {},
) =>
  detectWall({
    status,
    html: `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
    ...rest,
  });

describe("a wall", () => {
  it.each([
    [
      "captcha",
      page(`<form><p>Please confirm you are not a robot</p><div class="g-recaptcha" data-sitekey="x"></div></form>`, {
        title: "Verification",
      }),
    ],
    ["captcha", page(`<img src="/captcha.php?1"><p>Enter the characters you see in the image</p><input name=captcha>`)],
    [
      "captcha",
      page(`<script src="https://js.hcaptcha.com/1/api.js"></script><p>One more step: are you human?</p>`, {
        status: 403,
      }),
    ],
    ["captcha", page(`<div class="cf-turnstile"></div>`, { status: 403, title: "Human verification" })],
    [
      "challenge",
      page(
        `<p>Checking your browser before accessing the site.</p><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>`,
        {
          status: 503,
          title: "Just a moment...",
        },
      ),
    ],
    ["challenge", page("<p>wait</p>", { status: 403, headers: { "cf-mitigated": "challenge" } })],
    ["challenge", page(`<iframe src="/_Incapsula_Resource?x"></iframe>Request unsuccessful.`, { status: 403 })],
    [
      "challenge",
      page(`<p>Why have I been blocked? This website is using a security service to protect itself.</p>`, {
        status: 403,
        title: "Attention Required!",
      }),
    ],
    ["limit", page("<h1>Too Many Requests</h1>", { status: 429, title: "429 Too Many Requests" })],
    [
      "limit",
      page("<p>You have exceeded the number of requests. Try again in 5 minutes.</p>", {
        status: 503,
        title: "Rate limit exceeded",
      }),
    ],
    ["login", page(`<form action=/login><input name=user><input type=password></form>`, { title: "Log in" })],
    [
      "login",
      page(`<form><p>Please sign in to continue</p><input name=user><input type="password"></form>`, {
        url: "https://x.example/auth",
      }),
    ],
    ["login", page("<p>Authorization required", { status: 401 })],
    [
      "login",
      page(`<form><input name=user><input type=password></form><p>Bitte melden Sie sich an</p>`, {
        title: "Anmeldung",
      }),
    ],
  ])("of kind %s is recognised", (kind, wall) => {
    expect(wall?.kind).toBe(kind);
    expect(wall?.confidence).toBeGreaterThanOrEqual(0.5);
    expect(wall?.signs.length).toBeGreaterThan(0);
  });

  it.each([
    [
      "a list with a captcha in its contact form",
      page(`<table>${list}</table><form><textarea></textarea><div class="g-recaptcha"></div></form>`, {
        title: "Tenders",
      }),
    ],
    [
      "a list with a log-in box in its header",
      page(`<form action=/login><input name=user><input type=password></form><table>${list}</table>`, {
        title: "Tenders",
      }),
    ],
    [
      "a list that loads a bot sensor",
      page(`<table>${list}</table><script src="/akam/13/pixel"></script><script>window._pxAppId='x'</script>`),
    ],
    ["a plain error page", page("<h1>404 Not Found</h1>", { status: 404, title: "404 Not Found" })],
    ["a server that is down", page("<h1>503 Service Unavailable</h1>", { status: 503, title: "503" })],
    ["a forbidden folder", page("<h1>Forbidden</h1>", { status: 403, title: "403 Forbidden" })],
    ["an empty list", page("<p>No tenders were found.</p>", { title: "Tenders" })],
    [
      "a short contact page with a captcha",
      page(
        `<h1>Contact us</h1><form><input name=email><textarea></textarea><div class="g-recaptcha"></div><button>Send</button></form>`,
        { title: "Contact" },
      ),
    ],
    [
      "a registration page",
      page(`<form><input name=user><input type=password><input type=password></form>`, { title: "Create an account" }),
    ],
    [
      "an article about captchas",
      page(
        `<h1>History</h1><p>${"A test to tell humans from machines asks them to read distorted text. ".repeat(80)}</p>`,
        { title: "What is a captcha?" },
      ),
    ],
    ["nothing at all", page("")],
  ])("is not seen in %s", (_, wall) => {
    expect(wall).toBeNull();
  });

  it("is looked for in bounded time, whatever the page", () => {
    const html = `<form ${"<script ".repeat(100_000)}captcha ${"<input ".repeat(100_000)}`;
    const startedAt = process.threadCpuUsage();
    detectWall({ status: 200, html });
    expect(process.threadCpuUsage(startedAt).user).toBeLessThan(1_000_000);
  });
});
