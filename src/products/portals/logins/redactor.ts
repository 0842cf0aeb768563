/** Shorter ones stand in any page by chance. */
const SHORTEST = 6;

/** Blots out secrets that a page repeats, byte for byte, so that places in the page stay where they are. */
export function redactorOf(secrets: readonly string[]): (bytes: Uint8Array) => Uint8Array {
  const forms = secrets.filter(({ length }) => length >= SHORTEST).flatMap(spellings);
  const needles = [...new Set(forms)].map((form) => Buffer.from(form));
  return (bytes) => {
    const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let blotted: Buffer | null = null;
    for (const needle of needles)
      for (let at = page.indexOf(needle); at >= 0; at = page.indexOf(needle, at + needle.byteLength))
        (blotted ??= Buffer.from(page)).fill("*", at, at + needle.byteLength);
    return blotted ?? bytes;
  };
}

/** As a page may write it: as it is, in markup, in an address. */
function spellings(secret: string): string[] {
  const escaped = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [secret, escaped, escaped.replaceAll('"', "&quot;"), encodeURIComponent(secret)];
}
