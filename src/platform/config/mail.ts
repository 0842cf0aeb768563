import { InvalidConfig } from "./errors.ts";
import type { SettingValues } from "./settings.ts";

/** The mail server that notifications leave through. */
export interface SmtpConfig {
  host: string;
  port: number;
  security: "starttls" | "tls" | "none";
  credentials: { user: string; password: string } | null;
  from: string;
}

/** Null where no server is named. Throws `InvalidConfig` for half of a configuration. */
export function smtpSettings(values: SettingValues): SmtpConfig | null {
  const { SMTP_HOST: host, SMTP_FROM: from, SMTP_USER: user, SMTP_PASSWORD: password } = values;
  if (host === undefined) return null;
  const problems = [];
  if (from === undefined) problems.push("SMTP_FROM must name the sender, because SMTP_HOST is set");
  if ((user === undefined) !== (password === undefined)) {
    problems.push("SMTP_USER and SMTP_PASSWORD must be set together");
  }
  if (from === undefined || problems.length > 0) throw new InvalidConfig(problems);
  const credentials = user !== undefined && password !== undefined ? { user, password } : null;
  return { host, port: values.SMTP_PORT, security: values.SMTP_SECURITY, credentials, from };
}
