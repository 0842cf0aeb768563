import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const SOURCES = join(import.meta.dirname, "..", "..", "extraction");
const PACKAGE = new URL("../../../../package.json", import.meta.url);
const Package = z.object({ version: z.string() });

let known: string | null = null;

/**
 * Which program reads pages, as `<version>+<digest of the code that does>`. Two runs of the same one read the same bytes the
 * same way; what another one reads differently says nothing about the stored data.
 */
export function programVersion(): string {
  return (known ??= readVersion());
}

/** Some two hundred small files, once in a process: one after the other takes a quarter of the time of all at once. */
function readVersion(): string {
  const { version } = Package.parse(JSON.parse(readFileSync(PACKAGE, "utf8")));
  const names = readdirSync(SOURCES, { encoding: "utf8", recursive: true });
  const digest = createHash("sha256");
  for (const name of names.filter((name) => /(?<!\.test|\.d)\.[jt]s$/.test(name)).sort())
    digest.update(name).update(readFileSync(join(SOURCES, name)));
  return `${version}+${digest.digest("hex").slice(0, 12)}`;
}
