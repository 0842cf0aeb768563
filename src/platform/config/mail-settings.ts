import { z } from "zod";
import { address, setting, wholeNumber } from "./setting.ts";

/** How notifications leave, and where their links lead. */
export const MAIL_SETTINGS = {
  SMTP_HOST: setting(z.string().optional(), {
    group: "E-mail",
    description: "Mail server that takes notifications to people. Unset: subscriptions send webhooks only.",
    sample: "smtp.example.org",
  }),
  SMTP_PORT: setting(wholeNumber(1, 65_535).prefault("587"), { group: "E-mail", description: "Its port." }),
  SMTP_SECURITY: setting(z.enum(["starttls", "tls", "none"]).default("starttls"), {
    group: "E-mail",
    description:
      "starttls demands encryption after the greeting, tls from the first byte; none is for a server on this machine.",
  }),
  SMTP_USER: setting(z.string().optional(), {
    group: "E-mail",
    description: "Who signs in at the mail server.",
    sample: "gleaner",
  }),
  SMTP_PASSWORD: setting(z.string().optional(), {
    group: "E-mail",
    secret: true,
    description: "The password that belongs to SMTP_USER.",
    sample: "secret",
  }),
  SMTP_FROM: setting(z.email("must be one plain address such as gleaner@example.org").optional(), {
    group: "E-mail",
    description: "The sender of notifications. Needed with SMTP_HOST.",
    sample: "gleaner@example.org",
  }),
  PUBLIC_URL: setting(address("http", "https").optional(), {
    group: "E-mail",
    description:
      "Where people reach the dashboard: links in notifications begin with it. Unset: where the API listens.",
    sample: "https://gleaner.example.org",
  }),
};
