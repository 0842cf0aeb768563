import { Readable } from "node:stream";
import type { OcdsRelease } from "#products/portals";

export interface OcdsPackage {
  /** Where this package was asked for. */
  uri: string;
  publishedDate: Date;
  publisher: string;
  releases: AsyncIterable<OcdsRelease>;
}

/** A release package, written while it is sent: however many releases, memory holds one. */
export function ocdsStream({ uri, publishedDate, publisher, releases }: OcdsPackage): Readable {
  const head = { uri, version: "1.1", publishedDate: publishedDate.toISOString(), publisher: { name: publisher } };
  return Readable.from(written(`${JSON.stringify(head).slice(0, -1)},"releases":[`, releases), { objectMode: false });
}

async function* written(head: string, releases: AsyncIterable<OcdsRelease>): AsyncGenerator<string> {
  let before = `${head}\n`;
  for await (const release of releases) {
    yield `${before}${JSON.stringify(release)}`;
    before = ",\n";
  }
  yield before === ",\n" ? "\n]}\n" : `${before}]}\n`;
}
