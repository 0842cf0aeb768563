import { factsOf, GROUPS } from "./setting.ts";
import { Settings } from "./settings.ts";

const HEAD = `# Gleaner's settings. Copy to .env and change what you need; everything has a default or may stay unset.
# Variables of the process win over this file. Written from src/platform/config/settings.ts by \`npm run env-example\`.
`;

/** The text of .env.example. A test keeps the file equal to it. */
export function renderEnvExample(): string {
  const settings = Object.entries(Settings.shape).map(([name, schema]) => ({ name, schema, facts: factsOf(schema) }));
  const sections = GROUPS.map((group) => {
    const lines = settings
      .filter(({ facts }) => facts.group === group)
      .flatMap(({ name, schema, facts }) => {
        const aliases = facts.aliases.length > 0 ? ` (also ${facts.aliases.join(", ")})` : "";
        const later = facts.later === undefined ? "" : `\n# Accepted, but ${facts.later}.`;
        const standard = defaultOf(schema);
        return [`# ${facts.description}${aliases}${later}`, `#${name}=${standard ?? facts.sample ?? ""}`, ""];
      });
    return [`# --- ${group} ---`, "", ...lines].join("\n");
  });
  return `${HEAD}\n${sections.join("\n")}`;
}

/** What the schema makes of an unset variable, as one would write it. */
function defaultOf(schema: (typeof Settings.shape)[keyof typeof Settings.shape]): string | null {
  const value: unknown = schema.safeParse(undefined).data;
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(",") || null : String(value);
}
