import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const SOURCES = join(import.meta.dirname, "..", "..", "extraction");
const PACKAGE = new URL("../../../../package.json", import.meta.url);
const Package = z.object({ version: z.string() });

let known: Promise<string> | null = null;

/**
 * Which program reads pages, as `<version>+<digest of the code that does>`. Two runs of the same one read the same bytes the
 * same way; what another one reads differently says nothing about the stored data.
 */
export function programVersion(): Promise<string> {
  return (known ??= readVersion());
}

async function readVersion(): Promise<string> {
  const { version } = Package.parse(JSON.parse(await readFile(PACKAGE, "utf8")));
  const names = (await readdir(SOURCES, { recursive: true })).filter((name) => /(?<!\.test|\.d)\.[jt]s$/.test(name));
  const digest = createHash("sha256");
  const files = await Promise.all(
    names.sort().map(async (name) => ({ name, code: await readFile(join(SOURCES, name)) })),
  );
  for (const { name, code } of files) digest.update(name).update(code);
  return `${version}+${digest.digest("hex").slice(0, 12)}`;
}
