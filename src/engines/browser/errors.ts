import { AppError } from "#kernel";

/** The browser, its tab or the connection to it is gone. Open a new session and try again. */
export class BrowserCrashed extends AppError {
  constructor(cause?: unknown) {
    super({
      kind: "unavailable",
      code: "browser_crashed",
      message: "The browser stopped while it was in use. Open a new session and repeat the step.",
      cause,
    });
  }
}

/** No browser could be started; the message says what to install or configure. */
export class BrowserNotStarted extends AppError {
  constructor(problem: string, cause?: unknown) {
    super({ kind: "internal", code: "browser_not_started", message: problem, cause });
  }
}

/** The session was used after `close()`, or the pool is shutting down. */
export class SessionClosed extends AppError {
  constructor() {
    super({
      kind: "conflict",
      code: "browser_session_closed",
      message: "This browser session has been closed. Open a new one from the pool.",
    });
  }
}

/** The element to act on is not there, not visible or covered. */
export class ElementNotActionable extends AppError {
  constructor(action: string, target: string, cause?: unknown) {
    super({
      kind: "not-found",
      code: "element_not_actionable",
      message: `Cannot ${action} "${target.slice(0, 200)}": it is not in the page, hidden or covered. Take a new snapshot and choose again.`,
      details: { action, target: target.slice(0, 200) },
      cause,
    });
  }
}

/** All browsers are in use, and stayed so for as long as the caller would wait. */
export class BrowsersBusy extends AppError {
  constructor(waitedMs: number, maxBrowsers: number) {
    super({
      kind: "unavailable",
      code: "browsers_busy",
      message: `All ${maxBrowsers} browsers were in use for ${waitedMs} ms. Try again later or raise MAX_CONCURRENT_BROWSERS.`,
      details: { waitedMs, maxBrowsers },
    });
  }
}

/** The address gives a file to download instead of a page. */
export class NotAPage extends AppError {
  constructor(url: string, cause?: unknown) {
    super({
      kind: "invalid",
      code: "not_a_page",
      message: "The address gives a file, not a page that a browser can show. Fetch it over HTTP instead.",
      details: { url },
      cause,
    });
  }
}

/** Input of a person to a tab that the program drives. */
export class NotTakenOver extends AppError {
  constructor() {
    super({
      kind: "conflict",
      code: "not_taken_over",
      message: "The program drives this browser. Take over first; then what you do goes to the page.",
    });
  }
}

/** More input than the page deals with. */
export class InputOverflow extends AppError {
  constructor() {
    super({
      kind: "exhausted",
      code: "input_overflow",
      message: "The page does not keep up with the input. Wait until the picture has followed, then go on.",
    });
  }
}

/** A password was about to go into a form that leads, or stands, somewhere else. */
export class SecretNotTyped extends AppError {
  constructor(origin: string) {
    super({
      kind: "forbidden",
      code: "secret_not_typed",
      message: `The form leads to ${origin}, which is not among the origins that may get the password. Nothing was typed.`,
      details: { origin },
    });
  }
}
