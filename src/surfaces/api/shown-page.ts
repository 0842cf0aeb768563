/** A stored page that a browser shows from here: it may not run, ask, send, open or leave; the dashboard may frame it. */
export const SHOWN_PAGE: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  "x-frame-options": "SAMEORIGIN",
  "cache-control": "private, max-age=300",
};
