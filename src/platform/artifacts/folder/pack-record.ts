import { crc32 } from "node:zlib";
import type { ArtifactKind, Encoding, StoredArtifact } from "../artifact.ts";

/**
 * One artifact in a pack: magic "GLP1", length of the header, length of the bytes, CRC-32 of the header (all 32 bits,
 * little endian), the header as JSON, the stored bytes. The checksum tells a record from a torn end; the bytes need none,
 * their name is their hash.
 */
const MAGIC = 0x31504c47;
export const PREFIX_BYTES = 16;
const MOST_HEADER_BYTES = 64 * 1024;

interface Header {
  sha256: string;
  size: number;
  mediaType: string;
  kind: ArtifactKind;
  sourceUrl: string | null;
  storedAt: number;
  encoding: Encoding;
}

export interface Prefix {
  headerBytes: number;
  storedBytes: number;
  checksum: number;
}

/** The record as chunks to write one after the other. */
export function encodeRecord(artifact: StoredArtifact, stored: Uint8Array): { chunks: Uint8Array[]; length: number } {
  const { sha256, size, mediaType, kind, sourceUrl, storedAt, encoding } = artifact;
  const header: Header = { sha256, size, mediaType, kind, sourceUrl, storedAt: storedAt.getTime(), encoding };
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
  prefix.writeUInt32LE(MAGIC, 0);
  prefix.writeUInt32LE(text.length, 4);
  prefix.writeUInt32LE(stored.length, 8);
  prefix.writeUInt32LE(crc32(text), 12);
  return { chunks: [prefix, text, stored], length: PREFIX_BYTES + text.length + stored.length };
}

/** Null when no record begins here. */
export function readPrefix(bytes: Buffer): Prefix | null {
  if (bytes.length < PREFIX_BYTES || bytes.readUInt32LE(0) !== MAGIC) return null;
  const headerBytes = bytes.readUInt32LE(4);
  if (headerBytes > MOST_HEADER_BYTES) return null;
  return { headerBytes, storedBytes: bytes.readUInt32LE(8), checksum: bytes.readUInt32LE(12) };
}

/** Null when the header was altered or torn. */
export function readHeader(text: Buffer, { headerBytes, storedBytes, checksum }: Prefix): StoredArtifact | null {
  if (text.length < headerBytes || crc32(text.subarray(0, headerBytes)) !== checksum) return null;
  const header: Header = JSON.parse(text.toString("utf8", 0, headerBytes));
  return { ...header, storedAt: new Date(header.storedAt), storedSize: storedBytes };
}
