import { z } from "zod";
import type { Attempt, Delivery } from "./delivery.ts";
import { BadEmail } from "./errors.ts";

/** A message for people. What pages said may be in all of it: nothing of it becomes a header line of its own. */
export interface Email {
  /** One plain address. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where one click ends the mails (RFC 8058). */
  unsubscribeUrl?: string;
}

/** Takes an e-mail to a mail server. `id` is the same in every attempt, so that a copy can be told. */
export interface Mailer {
  send(email: Email, options: { id: string; signal: AbortSignal }): Promise<MailOutcome>;
  close(): Promise<void>;
}

export type MailOutcome =
  | { ok: true; status: number }
  /** `isFinal`: the server will not take it, ever. */
  | { ok: false; status: number | null; error: string; isFinal: boolean };

const SUBJECT_CHARACTERS = 200;

const Address = z
  .email({ pattern: z.regexes.rfc5322Email })
  .max(254)
  .regex(/^[\x21-\x7e]+$/);

/** One address in plain letters, without a name, a second address or anything that could begin a header. */
export function isMailAddress(text: string): boolean {
  return Address.safeParse(text).success && !/[<>()[\]\\,;:"\s]/.test(text);
}

const StoredEmail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  unsubscribeUrl: z.string().optional(),
});

/** The e-mail as it is stored. Throws `BadEmail`. */
export function bodyOfEmail({ to, subject, text, html, unsubscribeUrl }: Email): string {
  if (!isMailAddress(to)) throw new BadEmail("the recipient is not one plain address");
  if (unsubscribeUrl !== undefined && !/^https?:\/\/[\x21-\x7e]+$/.test(unsubscribeUrl)) {
    throw new BadEmail("the link that ends the mails is no web address");
  }
  const optional = unsubscribeUrl === undefined ? {} : { unsubscribeUrl };
  return JSON.stringify({ to, subject: oneLine(subject), text, html, ...optional });
}

/** A subject is one line, whatever a page called its tender. */
function oneLine(text: string): string {
  const flat = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return flat.length > SUBJECT_CHARACTERS ? `${flat.slice(0, SUBJECT_CHARACTERS - 1)}…` : flat;
}

/** Sends one e-mail once. Throws only when told to stop. */
export async function sendEmail(delivery: Delivery, mailer: Mailer | null, signal: AbortSignal): Promise<Attempt> {
  if (mailer === null) return { ok: false, status: null, error: "email_not_configured", isFinal: true };
  const { unsubscribeUrl, ...email } = StoredEmail.parse(JSON.parse(delivery.body));
  const link = unsubscribeUrl === undefined ? {} : { unsubscribeUrl };
  const outcome = await mailer.send({ ...email, ...link }, { id: delivery.id, signal });
  signal.throwIfAborted();
  return outcome;
}
