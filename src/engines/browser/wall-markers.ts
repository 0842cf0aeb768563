/** What the markers look at. */
export interface Reading {
  html: string;
  text: string;
  title: string;
  url: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** How much content stands beside the suspected wall: from 0 (nothing) to 1 (a full page). */
  fullness: number;
}

/** One sign of a wall. The weights of what is seen are added; a page with little else needs a sum of 1. */
export interface Marker {
  name: string;
  weight: number;
  test(page: Reading): boolean;
}

const inHtml = (name: string, weight: number, pattern: RegExp): Marker => ({
  name,
  weight,
  test: ({ html }) => pattern.test(html),
});
const inText = (name: string, weight: number, pattern: RegExp): Marker => ({
  name,
  weight,
  test: ({ text }) => pattern.test(text),
});
const inTitle = (name: string, weight: number, pattern: RegExp): Marker => ({
  name,
  weight,
  test: ({ title }) => pattern.test(title),
});

const isRefusal = (status: number): boolean => status === 403 || status === 429 || status === 503 || status === 405;
const refusal = (weight: number): Marker => ({
  name: "status refuses",
  weight,
  test: ({ status }) => isRefusal(status),
});

const CAPTCHA_WIDGET =
  /class=["'][^"']{0,300}\b(g-recaptcha|h-captcha|cf-turnstile|frc-captcha|geetest_|mtcaptcha)|(google|recaptcha)\.(com|net)\/recaptcha\/|hcaptcha\.com\/|challenges\.cloudflare\.com\/turnstile|funcaptcha|arkoselabs|geetest|captcha-delivery|<(img|input|iframe|canvas|form|div)\b[^>]{0,300}captcha/i;

/** A puzzle that has to be solved to go on. */
export const CAPTCHA: readonly Marker[] = [
  inHtml("captcha widget", 0.6, CAPTCHA_WIDGET),
  inText(
    "asks to prove a person",
    0.7,
    /not a robot|are you (a )?(human|robot)|prove (that )?you(.re| are) (a )?human|verify (that )?you are (a )?human|(enter|type) the (characters|letters|code|text) (you see|shown|below|from the image|in the (image|picture))|solve (the|this) (captcha|puzzle)|kein roboter|pas un robot|no (soy|eres) un robot|non sono un robot|não sou um robô|geen robot|not a bot/i,
  ),
  inTitle(
    "title names a captcha",
    0.6,
    /captcha|robot check|human verification|are you human|verify you|bot verification/i,
  ),
  refusal(0.4),
];

/** An interstitial that checks the browser before it lets anybody through. */
export const CHALLENGE: readonly Marker[] = [
  inTitle(
    "title of an interstitial",
    0.8,
    /^(just a moment|attention required|access denied|please wait|checking your browser|security check|ddos.guard|one moment|pardon our interruption|request unsuccessful|un instant|einen moment|bot challenge|you have been blocked)/i,
  ),
  inText(
    "checks the browser",
    0.7,
    /checking (if the site connection is secure|your browser)|verifying (you are human|your browser)|needs to review the security of your connection|enable javascript and cookies to continue|please (enable|turn on) (javascript|cookies).{0,40}(continue|reload)|unusual (traffic|activity)|automated (access|requests|queries)|browser integrity check|why have i been blocked|your request has been blocked|security service to protect/i,
  ),
  inHtml(
    "challenge script",
    0.6,
    /\/cdn-cgi\/challenge-platform|cf[-_]chl[-_]|__cf_chl|_Incapsula_Resource|incapsula incident|ddos-guard|captcha-delivery\.com|px-captcha|_pxAppId|akam\/\d+\/|aws-?waf-?(token|challenge)|awswaf|sucuri_cloudproxy|kasada|distil_|reese84/i,
  ),
  {
    name: "challenge header",
    weight: 1,
    test: ({ headers }) =>
      headers["cf-mitigated"] === "challenge" ||
      headers["x-amzn-waf-action"] !== undefined ||
      headers["x-sucuri-block"] !== undefined,
  },
  refusal(0.4),
  // Access pages of a server itself, without any challenge, are errors and not walls.
  { name: "ordinary page", weight: -0.4, test: ({ status, fullness }) => status < 400 && fullness > 0.6 },
];

/** The server asks us to come back later. */
export const LIMIT: readonly Marker[] = [
  { name: "status 429", weight: 1.2, test: ({ status }) => status === 429 },
  inTitle("title of a limit", 0.7, /too many requests|rate limit|quota exceeded|bandwidth limit/i),
  inText(
    "speaks of a limit",
    0.5,
    /too many requests|rate limit(ed| exceeded)?|request limit|exceeded (the|your) (limit|quota|number of)|slow down|try again in (a few|\d+) (second|minute|hour)|zu viele anfragen|trop de requêtes|demasiadas solicitudes/i,
  ),
  refusal(0.4),
];

/** Nothing can be seen without signing in. */
export const LOGIN: readonly Marker[] = [
  inHtml("password field", 0.6, /<input\b[^>]{0,500}type\s*=\s*["']?password/i),
  { name: "status 401", weight: 1, test: ({ status }) => status === 401 },
  inTitle(
    "title of a log-in",
    0.5,
    /\b(log|sign)[ -]?(in|on)\b|anmelden|anmeldung|connexion|iniciar sesión|accedi|inloggen|logga in|zaloguj|authenticat|single sign-on/i,
  ),
  {
    name: "address of a log-in",
    weight: 0.4,
    test: ({ url }) =>
      /\/(login|log-in|signin|sign-in|sign_in|auth|sso|account\/login|users\/sign_in|cas\/login|adfs)\b/i.test(url),
  },
  inText(
    "asks to sign in",
    0.5,
    /(please|you (must|need to|have to)|required to) (log|sign) ?in|(log|sign) ?in to (continue|view|see|access|your)|session (has )?(expired|timed out)|members only|bitte melden sie sich an|veuillez vous connecter|inicie sesión para|authentication required/i,
  ),
  // A registration page asks for a password too.
  inHtml("second password field", -0.5, /type\s*=\s*["']?password[\s\S]{1,4000}type\s*=\s*["']?password/i),
];
