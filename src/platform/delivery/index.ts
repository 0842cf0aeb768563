export {
  DELIVERY_HEADER,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
  sign,
  verifySignature,
  type SignedRequest,
  type Verification,
} from "./signature.ts";
export { forgetDeliveries } from "./forget-deliveries.ts";
export { SealedDeliveries } from "./sealed-deliveries.ts";
export { Outbox, type DeadLetter, type Message, type OutboxDeps } from "./outbox.ts";
export type { Sender } from "./webhook.ts";
export { isMailAddress, type Email, type Mailer } from "./email.ts";
export { openSmtpMailer, type SmtpSettings } from "./smtp-mailer.ts";
export { BadDeliveryUrl, BadEmail, DeliveryNotDead, DeliveryNotFound } from "./errors.ts";
