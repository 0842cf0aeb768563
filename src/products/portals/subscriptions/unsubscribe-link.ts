import { createHmac, timingSafeEqual } from "node:crypto";
import { isUuid } from "#kernel";
import type { Subscription } from "./subscription.ts";

type Signed = Pick<Subscription, "id" | "unsubscribeKey">;

/** The address that ends a subscription: only who was sent it knows it, and it opens nothing else. */
export function unsubscribeUrl(publicUrl: string, subscription: Signed): string {
  return `${publicUrl}/unsubscribe/${subscription.id}.${signatureOf(subscription)}`;
}

/** The subscription that a link speaks of; null where it cannot be one. Its signature is still to be checked. */
export function subscriptionIn(token: string): string | null {
  const [id = ""] = token.split(".");
  return isUuid(id) ? id : null;
}

export function isSignedBy(token: string, subscription: Signed): boolean {
  const [given, expected] = [Buffer.from(token), Buffer.from(`${subscription.id}.${signatureOf(subscription)}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function signatureOf({ id, unsubscribeKey }: Signed): string {
  return createHmac("sha256", Buffer.from(unsubscribeKey, "hex")).update(`unsubscribe:${id}`).digest("base64url");
}
