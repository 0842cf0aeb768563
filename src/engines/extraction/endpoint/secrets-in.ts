import type { DataRequest } from "./data-request.ts";
import { requestValues } from "./request-values.ts";

/** Words of the names under which a request carries what only its visitor knows. */
const SECRET =
  /^(?:access|antiforgery|apikey|auth|authentication|authorization|bearer|credentials?|csrf|jwt|key|nonce|passw\w*|phpsessid|pwd|secret|session(?:id)?|sid|sig|signature|ticket|token|verification|xsrf)$/i;
/** A place in a list is no secret, whatever it is called: `nextPageToken`. */
const PLACE = /^(?:page|next|cursor|continuation|after|before|scroll|skip)$/i;
/** Three parts in base64, as tokens that are signed are written. */
const SIGNED = /^[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}$/;

/** The names under which a request carries something secret: such a request is kept nowhere. */
export function secretsIn(request: DataRequest): string[] {
  const url = URL.parse(request.url);
  const visitor = !url || url.username !== "" || url.password !== "" ? ["the address"] : [];
  const values = requestValues(request).filter(({ value }) => value !== null && value !== "");
  return [...visitor, ...values.filter(({ name, value }) => isSecret(name, value ?? "")).map(({ name }) => name)];
}

function isSecret(name: string, value: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").split(/[^\p{L}\d]+/u);
  if (SIGNED.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)) return true;
  return words.some((word) => SECRET.test(word)) && !words.some((word) => PLACE.test(word));
}
