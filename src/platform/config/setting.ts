import ipaddr from "ipaddr.js";
import { z } from "zod";

export const GROUPS = [
  "Server",
  "Access",
  "Storage",
  "Cache and signals",
  "Egress",
  "Browser",
  "Harvest",
  "Schedules and retention",
  "Model",
  "E-mail",
  "Convex",
  "Logging",
] as const;

const Facts = z.object({
  group: z.enum(GROUPS),
  description: z.string(),
  /** Other names for the same thing; the requirement documents do not agree on one. */
  aliases: z.array(z.string()).default([]),
  /** Never shown in an error or a log. */
  secret: z.boolean().default(false),
  /** Accepted so that existing environments keep working; says what is not there yet. */
  later: z.string().optional(),
  /** Shown in .env.example where the setting has no default. */
  sample: z.string().optional(),
});

export type SettingFacts = z.output<typeof Facts>;

/** Attaches what .env.example and error messages say about a setting. */
export function setting<S extends z.ZodType>(schema: S, facts: z.input<typeof Facts>): S {
  return schema.meta({ ...facts });
}

/** What `setting` attached. A schema without facts is a mistake in settings.ts, found by its test. */
export function factsOf(schema: z.ZodType): SettingFacts {
  return Facts.parse(schema.meta());
}

/** `true`, `1`, `yes`, `on` and their opposites, in any case. */
export const flag = z.stringbool({
  error: "must be true or false",
  truthy: ["true", "1", "yes", "on"],
  falsy: ["false", "0", "no", "off"],
});

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): z.ZodType<number, string> {
  const rule = `must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}`;
  return z
    .string()
    .regex(/^\d+$/, rule)
    .transform(Number)
    .refine((value) => value >= least && value <= most, rule);
}

/** A number from 0 on, fractions allowed. */
export function decimal(most: number): z.ZodType<number, string> {
  const rule = `must be a number from 0 to ${most}`;
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, rule)
    .transform(Number)
    .refine((value) => value <= most, rule);
}

/** Comma-separated; blanks around and between are ignored. */
export const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const NAMED_NETWORKS = new Set(["loopback", "linklocal", "uniquelocal"]);

/** Addresses and networks, comma-separated. */
export const networks = list.refine(
  (all) => all.every((text) => NAMED_NETWORKS.has(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text)),
  "must be addresses or networks, such as 127.0.0.1 or 10.0.0.0/8, or loopback, linklocal, uniquelocal",
);

/** A cron expression, or null for `off`. */
export const schedule = z
  .string()
  .trim()
  .transform((text) => (text.toLowerCase() === "off" ? null : text))
  .refine(
    (text) => text === null || text.split(/\s+/).length === 5,
    'must be a cron expression of five fields, or "off"',
  );

/** An address with one of the given schemes, kept as written. */
export function address(...schemes: string[]): z.ZodType<string, string> {
  const rule = `must be an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`;
  return z.string().refine((text) => schemes.includes(scheme(text)), rule);
}

function scheme(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : "";
}
