import { createTransport } from "nodemailer";
import type { Email, Mailer, MailOutcome } from "./email.ts";

export interface SmtpSettings {
  host: string;
  port: number;
  /** `starttls` refuses a server that offers none; `tls` speaks it from the first byte; `none` is for a server on this machine. */
  security: "starttls" | "tls" | "none";
  credentials: { user: string; password: string } | null;
  /** The sender, one plain address. */
  from: string;
  /** Certificates that are trusted beside the usual ones, in PEM. */
  ca?: string;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** Takes e-mail to one SMTP server, over connections that are kept while there is something to send. */
export function openSmtpMailer({ host, port, security, credentials, from, ca }: SmtpSettings): Mailer {
  const transport = createTransport({
    pool: true,
    maxConnections: 2,
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(credentials === null ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
    tls: ca === undefined ? {} : { ca },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // Content is text only: nothing is read from files or addresses on a message's behalf.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    close: () => Promise.resolve(transport.close()),
    async send({ to, subject, text, html, unsubscribeUrl }: Email, { id, signal }): Promise<MailOutcome> {
      signal.throwIfAborted();
      try {
        const { response } = await transport.sendMail({
          from: { name: "Gleaner", address: from },
          to: { name: "", address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          headers: { "X-Gleaner-Delivery": id, ...unsubscribeHeaders(unsubscribeUrl) },
        });
        return { ok: true, status: Number.parseInt(response, 10) || 250 };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (url === undefined) return {};
  return { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** What a server may refuse for good: a sender or recipient, or the message. The rest may be mended: log-ins, encryption. */
const FOR_GOOD: ReadonlySet<unknown> = new Set(["EENVELOPE", "EMESSAGE"]);

/** What the server answered is a number, and nothing of its words is kept. A refused recipient stays refused. */
function outcomeOf(error: unknown): MailOutcome {
  const said = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined);
  const [answer, code] = [said("responseCode"), said("code")];
  const status = typeof answer === "number" ? answer : null;
  const isFinal = FOR_GOOD.has(code) && status !== null && status >= 500;
  const name = typeof code === "string" ? code.toLowerCase() : "failed";
  return { ok: false, status, error: status === null ? `smtp_${name}` : `smtp_${status}`, isFinal };
}
