import { promisify } from "node:util";
import zlib from "node:zlib";

/** What we ask servers to send. */
export const ACCEPT_ENCODING = "gzip, deflate, br, zstd";

/** Below this, starting a thread costs more than the work. A bomb of this size still meets `maxOutputLength`. */
const SYNC_BYTES = 16 * 1024;
const MAX_LAYERS = 3;

interface Codec {
  sync: (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer;
  async: (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;
}

/** Some servers leave the trailer away; browsers show such pages, so we read them too. */
const LENIENT = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const brotli = promisify<Uint8Array, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);
const zstd = promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);

const GZIP: Codec = {
  sync: (bytes, options) => zlib.gunzipSync(bytes, { ...LENIENT, ...options }),
  async: (bytes, options) => gunzip(bytes, { ...LENIENT, ...options }),
};

/** "deflate" means zlib's format, but some servers send the bare stream. */
const DEFLATE: Codec = {
  sync: (bytes, options) =>
    hasZlibHeader(bytes)
      ? zlib.inflateSync(bytes, { ...LENIENT, ...options })
      : zlib.inflateRawSync(bytes, { ...LENIENT, ...options }),
  async: (bytes, options) =>
    hasZlibHeader(bytes) ? inflate(bytes, { ...LENIENT, ...options }) : inflateRaw(bytes, { ...LENIENT, ...options }),
};

const CODECS: Readonly<Record<string, Codec>> = {
  gzip: GZIP,
  "x-gzip": GZIP,
  deflate: DEFLATE,
  br: { sync: (bytes, options) => zlib.brotliDecompressSync(bytes, options), async: brotli },
  zstd: { sync: (bytes, options) => zlib.zstdDecompressSync(bytes, options), async: zstd },
};

/** The decompressed body is larger than allowed. */
export class Overflow extends Error {}

/** Undoes `Content-Encoding`. Throws `Overflow`, or zlib's error when the bytes are broken. */
export async function decompress(
  body: Uint8Array,
  encodings: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  if (encodings === undefined || body.byteLength === 0) return body;
  const layers = encodings
    .toLowerCase()
    .split(",", MAX_LAYERS)
    .map((each) => each.trim());
  let bytes = body;
  for (const layer of layers.reverse()) {
    const codec = CODECS[layer];
    if (codec) bytes = await decode(codec, bytes, maxBytes);
  }
  return bytes;
}

async function decode(codec: Codec, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const options = { maxOutputLength: maxBytes };
  try {
    return bytes.byteLength <= SYNC_BYTES ? codec.sync(bytes, options) : await codec.async(bytes, options);
  } catch (error) {
    if (error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") throw new Overflow();
    throw error;
  }
}

function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
