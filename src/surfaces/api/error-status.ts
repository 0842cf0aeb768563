import type { ErrorKind } from "#kernel";

/** A failure's kind decides its status; a few codes say more exactly what HTTP has a number for. The error guide reads this too. */
const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  exhausted: 429,
  unavailable: 503,
  internal: 500,
};

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  not_supported_yet: 422,
  credentials_missing: 422,
  credentials_incomplete: 422,
  bad_totp_secret: 422,
  bad_login_url: 422,
  body_too_large: 413,
  unsupported_media_type: 415,
};

export function statusOf({ kind, code }: { kind: ErrorKind; code: string }): number {
  return STATUS_OF_CODE[code] ?? STATUS_OF_KIND[kind];
}
