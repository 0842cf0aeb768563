import { AppError } from "#kernel";

export class Unauthenticated extends AppError {
  constructor() {
    super({
      kind: "unauthenticated",
      code: "unauthenticated",
      message:
        "This needs a sign-in, or an API key. Sign in to the dashboard, or send a key as `Authorization: Bearer KEY`; `gleaner keys create` makes one. Sessions end after a while, and keys that were revoked or have expired no longer work.",
    });
  }
}

export class RoleTooLow extends AppError {
  constructor(needed: string) {
    super({
      kind: "forbidden",
      code: "role_too_low",
      message: `This needs the role ${needed}. Ask an admin for it, or use a key of that role.`,
      details: { needed },
    });
  }
}

/** Sign-in is off, so only pages of this machine may ask. A web page elsewhere could otherwise use the reader's browser to do so. */
export class ForeignCaller extends AppError {
  constructor(header: "Host" | "Origin") {
    super({
      kind: "forbidden",
      code: "foreign_caller",
      message: `The ${header} of this request is not this machine. Use http://127.0.0.1 or http://localhost, or set AUTH_ENABLED=true and send an API key.`,
      details: { header },
    });
  }
}

/** A web page elsewhere may not act with its reader's session. */
export class ForeignPage extends AppError {
  constructor() {
    super({
      kind: "forbidden",
      code: "foreign_page",
      message:
        "This request came with a session but not from a page of this server. Use the dashboard, or send an API key. Behind a proxy, pass the Host header on and name the proxy in TRUST_PROXY.",
    });
  }
}

/** Programs have keys; only people have passwords. */
export class NotSignedIn extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "not_signed_in",
      message: "Only a person who signed in has a password to change. Sign in with a name and a password first.",
    });
  }
}

export class RouteNotFound extends AppError {
  constructor() {
    super({
      kind: "not-found",
      code: "route_not_found",
      message: "There is nothing at this address, or not with this method. /docs lists everything there is.",
    });
  }
}

export class DashboardNotBuilt extends AppError {
  constructor() {
    super({
      kind: "not-found",
      code: "dashboard_not_built",
      message: "The dashboard is not built here. `npm run setup` builds it; the API works without, see /docs.",
    });
  }
}

export class TooManyRequests extends AppError {
  constructor(retryAfterSeconds: number) {
    super({
      kind: "exhausted",
      code: "too_many_requests",
      message: `Too many requests with this key. Go on in ${retryAfterSeconds} s; the operator can raise REQUESTS_PER_MINUTE.`,
      details: { retryAfterSeconds },
    });
  }
}

export class InvalidRequest extends AppError {
  constructor(issues: readonly { where: string; what: string }[]) {
    super({
      kind: "invalid",
      code: "invalid_request",
      message: "The request does not have the shape that /docs describes. `details.issues` says where.",
      details: { issues },
    });
  }
}

export class UnreadableBody extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "unreadable_body",
      message:
        "The body is not JSON, or not the one that was announced. Send well-formed JSON with its content-length.",
    });
  }
}

export class BodyTooLarge extends AppError {
  constructor() {
    super({ kind: "invalid", code: "body_too_large", message: "The body is too large. Send at most 1 MiB." });
  }
}

export class UnsupportedMediaType extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "unsupported_media_type",
      message: "The body's media type is not known here. Send JSON with `Content-Type: application/json`.",
    });
  }
}

export class UnreadableAddress extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "unreadable_address",
      message: "The address of this request cannot be read. Encode its parts as UTF-8 with percent signs.",
    });
  }
}

export class FieldWithoutEvidence extends AppError {
  constructor(field: string) {
    super({
      kind: "not-found",
      code: "field_without_evidence",
      message: `There is no evidence for "${field}" here. GET the opportunity: its evidence names the fields that have some.`,
      details: { field },
    });
  }
}

/** Pictures, documents and data are no pages. */
export class ArtifactNotAPage extends AppError {
  constructor(mediaType: string) {
    super({
      kind: "invalid",
      code: "artifact_not_a_page",
      message: "These stored bytes are no HTML page. Leave view out to get them as they are.",
      details: { mediaType },
    });
  }
}

export class ArtifactNotFound extends AppError {
  constructor(sha256: string) {
    super({
      kind: "not-found",
      code: "artifact_not_found",
      message: "There are no stored bytes of this name. They were never stored, or their time of retention is over.",
      details: { sha256 },
    });
  }
}

export class NotAWebSocket extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "not_a_websocket",
      message: "This address speaks WebSocket only. Open it with ws:// or wss://, or look at the job in the dashboard.",
    });
  }
}

export class LiveMessageMalformed extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "live_message_malformed",
      message: "That is no message of the live view. /docs lists them under watchJob.",
    });
  }
}

export class TooManyLiveMessages extends AppError {
  constructor() {
    super({
      kind: "exhausted",
      code: "too_many_live_messages",
      message: "That is more than a person does. Send fewer pointer moves, then go on.",
    });
  }
}
