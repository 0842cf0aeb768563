import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { SecretAltered, SecretKeyLost } from "../errors.ts";
import type { KeyRing, SecretKey } from "./key-ring.ts";

const CIPHER = "aes-256-gcm";
/** What NIST SP 800-38D asks of random initialisation vectors. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets before they are stored, with AES-256-GCM. The text is `v1.<key id>.<iv>.<tag>.<ciphertext>`, the last three
 * in base64url. The place, such as `delivery:<id>`, is bound in: a sealed text that is moved elsewhere does not open.
 */
export class SecretSeal {
  #ring: KeyRing;
  readonly #reload: () => KeyRing;

  /** `reload` is asked when a text names an unknown key: another process may have rotated the keys meanwhile. */
  constructor(ring: KeyRing, reload: () => KeyRing = () => ring) {
    this.#ring = ring;
    this.#reload = reload;
  }

  /** From now on seals with the first of these keys. */
  renew(ring: KeyRing): void {
    this.#ring = ring;
  }

  seal(secret: string, place: string): string {
    const [{ id, bytes }] = this.#ring;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, bytes, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(`v1.${id}.${place}`));
    const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
    return ["v1", id, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
  }

  /** Throws `SecretKeyLost` when its key is gone, `SecretAltered` when it or its place is another. */
  open(sealed: string, place: string): string {
    const { keyId, iv, tag, ciphertext } = parse(sealed);
    const key = this.#find(keyId);
    if (!key) throw new SecretKeyLost(keyId);
    try {
      const decipher = createDecipheriv(CIPHER, key.bytes, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(`v1.${keyId}.${place}`));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
    } catch (error) {
      throw new SecretAltered(error);
    }
  }

  #find(keyId: string): SecretKey | null {
    const known = this.#ring.find(({ id }) => id === keyId);
    if (known) return known;
    const ring = this.#reload();
    const found = ring.find(({ id }) => id === keyId) ?? null;
    if (found) this.#ring = ring;
    return found;
  }

  /** The same secret under the newest key; null when it is under it already. */
  reseal(sealed: string, place: string): string | null {
    return parse(sealed).keyId === this.#ring[0].id ? null : this.seal(this.open(sealed, place), place);
  }
}

function parse(sealed: string): { keyId: string; iv: Buffer; tag: Buffer; ciphertext: Buffer } {
  const match = /^v1\.([0-9a-f]{8})\.([\w-]{16})\.([\w-]{22})\.([\w-]*)$/.exec(sealed);
  if (!match) throw new SecretAltered();
  const [, keyId = "", iv = "", tag = "", ciphertext = ""] = match;
  return {
    keyId,
    iv: Buffer.from(iv, "base64url"),
    tag: Buffer.from(tag, "base64url"),
    ciphertext: Buffer.from(ciphertext, "base64url"),
  };
}
