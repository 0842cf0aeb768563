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

type Inflate = (bytes: Uint8Array, options: zlib.ZlibOptions) => Buffer;

/** Some servers leave the checksum at the end away; browsers show such pages, so we read them too. */
const LENIENT = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const brotli = promisify<Uint8Array, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);
const zstd = promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);

const GZIP = forgiving({ sync: zlib.gunzipSync, async: gunzip });
const ZLIB = forgiving({ sync: zlib.inflateSync, async: inflate });
const BARE: Codec = {
  sync: (bytes, options) => zlib.inflateRawSync(bytes, options),
  async: (bytes, options) => inflateRaw(bytes, options),
};

/** "deflate" means zlib's format, but some servers send the bare stream. */
const DEFLATE: Codec = {
  sync: (bytes, options) => (hasZlibHeader(bytes) ? ZLIB : BARE).sync(bytes, options),
  async: (bytes, options) => (hasZlibHeader(bytes) ? ZLIB : BARE).async(bytes, options),
};

const CODECS: Readonly<Record<string, Codec>> = {
  gzip: GZIP,
  "x-gzip": GZIP,
  deflate: DEFLATE,
  br: { sync: (bytes, options) => zlib.brotliDecompressSync(bytes, options), async: brotli },
  zstd: { sync: (bytes, options) => zlib.zstdDecompressSync(bytes, options), async: zstd },
};

/** Reads a stream that came to its end without its checksum. One that was cut before its end stays an error: half a page. */
function forgiving({
  sync,
  async,
}: {
  sync: Inflate;
  async: (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Buffer>;
}): Codec {
  return {
    sync: (bytes, options) => {
      try {
        return sync(bytes, options);
      } catch (error) {
        if (codeOf(error) !== "Z_BUF_ERROR" || !lacksOnlyChecksum(bytes, sync, options)) throw error;
        return sync(bytes, { ...LENIENT, ...options });
      }
    },
    async: (bytes, options) =>
      async(bytes, options).catch((error: unknown) => {
        if (codeOf(error) !== "Z_BUF_ERROR" || !lacksOnlyChecksum(bytes, sync, options)) throw error;
        return async(bytes, { ...LENIENT, ...options });
      }),
  };
}

/** A wrong checksum is complained about only where the data before it is whole. */
function lacksOnlyChecksum(bytes: Uint8Array, sync: Inflate, options: zlib.ZlibOptions): boolean {
  try {
    sync(Buffer.concat([bytes, Buffer.alloc(8, 0x55)]), options);
    return false;
  } catch (error) {
    return codeOf(error) === "Z_DATA_ERROR" && error instanceof Error && /check/.test(error.message);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}

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
    if (error instanceof RangeError && codeOf(error) === "ERR_BUFFER_TOO_LARGE") throw new Overflow();
    throw error;
  }
}

function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
