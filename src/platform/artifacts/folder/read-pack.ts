import { open, type FileHandle } from "node:fs/promises";
import type { StoredArtifact } from "../artifact.ts";
import type { Place } from "./pack-index.ts";
import { PREFIX_BYTES, readHeader, readPrefix } from "./pack-record.ts";

/** Most headers fit; a longer one takes a second read. */
const GUESS_BYTES = 512;

export interface FoundRecord {
  artifact: StoredArtifact;
  place: Place;
}

/**
 * The records of a pack from `offset` on, without their bytes. Ends at the first that is torn: what a killed process was
 * writing when it died, and nobody was promised.
 */
export async function* scanPack(path: string, offset = 0): AsyncGenerator<FoundRecord> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    for (let at = offset; at < size;) {
      const found = await recordAt(file, at);
      if (!found || at + found.place.length > size) return;
      yield found;
      at += found.place.length;
    }
  } finally {
    await file.close();
  }
}

async function recordAt(file: FileHandle, offset: number): Promise<FoundRecord | null> {
  const start = await bytesAt(file, offset, GUESS_BYTES);
  const prefix = readPrefix(start);
  if (!prefix) return null;
  const text =
    start.length >= PREFIX_BYTES + prefix.headerBytes
      ? start.subarray(PREFIX_BYTES)
      : await bytesAt(file, offset + PREFIX_BYTES, prefix.headerBytes);
  const artifact = readHeader(text, prefix);
  if (!artifact) return null;
  const length = PREFIX_BYTES + prefix.headerBytes + prefix.storedBytes;
  return { artifact, place: { offset, length, storedAt: artifact.storedAt.getTime() } };
}

/** One whole record; null when what lies there is no record of this place. */
export async function readRecord(
  path: string,
  { offset, length }: Place,
): Promise<{ artifact: StoredArtifact; stored: Uint8Array; record: Buffer } | null> {
  const file = await open(path, "r");
  try {
    const record = await bytesAt(file, offset, length);
    const prefix = readPrefix(record);
    const artifact = prefix && readHeader(record.subarray(PREFIX_BYTES), prefix);
    if (!prefix || !artifact || record.length < length) return null;
    return { artifact, stored: record.subarray(PREFIX_BYTES + prefix.headerBytes), record };
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
