import { z } from "zod";

const Cookie = z.object({
  name: z.string(),
  value: z.string(),
  /** With a dot in front for a domain and all below it, else for one host. */
  domain: z.string(),
  path: z.string(),
  /** Seconds since 1970; -1 for as long as the visit lasts. */
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(["Strict", "Lax", "None"]),
});
type SessionCookie = z.infer<typeof Cookie>;

/** What makes a visitor known to a portal, over HTTP and in a browser alike. The shape is Playwright's. Secret. */
export const SessionStateSchema = z.object({
  cookies: z.array(Cookie),
  origins: z.array(
    z.object({ origin: z.string(), localStorage: z.array(z.object({ name: z.string(), value: z.string() })) }),
  ),
});
export type SessionState = z.infer<typeof SessionStateSchema>;

/** tough-cookie's own format, as far as we need it. */
const Jar = z.looseObject({
  cookies: z.array(
    z.looseObject({
      key: z.string(),
      value: z.string().default(""),
      domain: z.string(),
      path: z.string().default("/"),
      expires: z.string().optional(),
      hostOnly: z.boolean().default(false),
      httpOnly: z.boolean().default(false),
      secure: z.boolean().default(false),
      sameSite: z.string().optional(),
    }),
  ),
});

/** A serialised cookie jar as a browser has it. */
export function sessionOfJar(jar: string | null): SessionState {
  if (jar === null) return { cookies: [], origins: [] };
  const { cookies } = Jar.parse(JSON.parse(jar));
  return { cookies: cookies.map(fromJar), origins: [] };
}

/** The session without what has run out, and without whatever a page put away of the secrets themselves. */
export function tidied({ cookies, origins }: SessionState, now: Date, secrets: readonly string[]): SessionState {
  const holdsSecret = (value: string): boolean => secrets.some((secret) => secret.length > 3 && value.includes(secret));
  return {
    cookies: cookies.filter(
      ({ expires, value }) => (expires < 0 || expires * 1_000 > now.getTime()) && !holdsSecret(value),
    ),
    origins: origins.map(({ origin, localStorage }) => ({
      origin,
      localStorage: localStorage.filter(({ value }) => !holdsSecret(value)),
    })),
  };
}

function fromJar(cookie: z.infer<typeof Jar>["cookies"][number]): SessionCookie {
  const { key, value, domain, path, expires, hostOnly, httpOnly, secure, sameSite } = cookie;
  const at = expires === undefined || expires === "Infinity" ? NaN : Date.parse(expires);
  return {
    name: key,
    value,
    domain: hostOnly ? domain : `.${domain}`,
    path,
    expires: Number.isNaN(at) ? -1 : Math.floor(at / 1_000),
    httpOnly,
    secure,
    sameSite: sameSite === "strict" ? "Strict" : sameSite === "none" && secure ? "None" : "Lax",
  };
}
