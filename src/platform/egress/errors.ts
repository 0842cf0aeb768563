import { AppError, type ErrorKind } from "#kernel";

/** How often a request was tried, and where; never headers or bodies. */
export interface FailureFacts {
  url: string;
  attempts?: number;
  [fact: string]: unknown;
}

/** A request that could not be sent or answered. `kind: "unavailable"` means that trying later may help. */
export class EgressError extends AppError {
  readonly attempts: number;

  constructor(options: { kind: ErrorKind; code: string; message: string; facts: FailureFacts; cause?: unknown }) {
    const { facts, ...rest } = options;
    super({ ...rest, details: { ...facts } });
    this.attempts = facts.attempts ?? 1;
  }
}

/** The address is not one that we may ask: not http(s), with credentials, or not an address at all. */
export class BadUrl extends EgressError {
  constructor(url: string, problem: string) {
    super({
      kind: "invalid",
      code: "bad_url",
      message: `${problem}. Give a public http or https address without user name and password.`,
      facts: { url: withoutSecrets(url) },
    });
  }
}

/** The address leads into a private network or to a port that no web server uses. */
export class AddressRefused extends EgressError {
  constructor(
    url: string,
    problem: string,
    nextStep = "If this host is yours, open it with EGRESS_ALLOW_HOSTS or --allow-host HOST[:PORT].",
  ) {
    super({
      kind: "forbidden",
      code: "address_refused",
      message: `${problem}. ${nextStep}`,
      facts: { url: withoutSecrets(url) },
    });
  }
}

export class RobotsDisallowed extends EgressError {
  constructor(url: string, problem: string) {
    super({
      kind: "forbidden",
      code: "robots_disallowed",
      message: `${problem}. Ask the site's owner, or set robots to "ignore" for this portal and record the reason.`,
      facts: { url: withoutSecrets(url) },
    });
  }
}

export class TooLarge extends EgressError {
  constructor(url: string, maxBytes: number, attempts: number) {
    super({
      kind: "exhausted",
      code: "too_large",
      message: `The answer is larger than ${maxBytes} bytes. Raise maxBytes if you expect it to be.`,
      facts: { url: withoutSecrets(url), maxBytes, attempts },
    });
  }
}

export class EgressTimeout extends EgressError {
  constructor(url: string, phase: string, attempts: number, cause?: unknown) {
    super({
      kind: "unavailable",
      code: "timeout",
      message: `The server took too long (${phase}). Try again later or raise timeoutMs.`,
      facts: { url: withoutSecrets(url), phase, attempts },
      cause,
    });
  }
}

/** No connection: the name does not resolve, the port is closed, TLS failed, or the connection broke. */
export class Unreachable extends EgressError {
  constructor(url: string, reason: string, attempts: number, cause?: unknown) {
    super({
      kind: "unavailable",
      code: "unreachable",
      message: `The server cannot be reached (${reason}). Check the address, or try again later.`,
      facts: { url: withoutSecrets(url), reason, attempts },
      cause,
    });
  }
}

export class TooManyRedirects extends EgressError {
  constructor(url: string, limit: number) {
    super({
      kind: "unavailable",
      code: "too_many_redirects",
      message: `The server redirected more than ${limit} times. Open the address in a browser: it may need a cookie or a log-in.`,
      facts: { url: withoutSecrets(url), limit },
    });
  }
}

/** The address without user name and password, for messages and logs. */
export function withoutSecrets(url: string): string {
  return url.slice(0, 2_000).replace(/^([a-z][a-z0-9+.-]*:[/\\]*)[^/\\?#]*@/i, "$1");
}
