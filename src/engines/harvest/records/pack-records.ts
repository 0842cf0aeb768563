import { zstdCompressSync, constants } from "node:zlib";
import type { PackedRecord, PackedValue, StoredDetail, StoredRecord, StoredValue } from "./stored-records.ts";

/** No value: what stands behind it in a row does not move up. */
export const NONE = 0;

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Records of one page are written and read together; packed they are a tenth of their JSON. */
export function packRecords(records: readonly StoredRecord[]): Uint8Array<ArrayBuffer> {
  const first = records[0]?.path ?? "";
  const at = first.slice(0, Math.max(0, first.lastIndexOf("/")));
  const names = new Map<string, number>();
  const packed = records.map((record) => packRecord(record, at, names));
  const json = JSON.stringify({ format: 2, at, names: [...names.keys()], records: packed });
  // A copy of its own size: what compression gives lies in a buffer many times as large.
  return new Uint8Array(zstdCompressSync(json, FAST));
}

function packRecord(record: StoredRecord, at: string, names: Map<string, number>): PackedRecord {
  const { key, text, path, links, fields, unverified } = record;
  const values: PackedValue[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (!value) continue;
    let number = names.get(name);
    if (number === undefined) names.set(name, (number = names.size));
    values.push(packValue(value, number, path, at));
  }
  const place = placeBelow(path, at, "~");
  return unverified.length === 0 ? [key, text, place, links, values] : [key, text, place, links, values, unverified];
}

function packValue(
  { value, quote, path, attribute, range }: StoredValue,
  name: number,
  record: string,
  at: string,
): PackedValue {
  const below = placeBelow(path, record, ".");
  const place = below === path ? placeBelow(path, at, "~") : below;
  const said = quote === value ? NONE : quote;
  if (range) return [name, value, place, said, attribute ?? NONE, range];
  if (attribute !== undefined) return [name, value, place, said, attribute];
  return said === NONE ? [name, value, place] : [name, value, place, said];
}

function placeBelow(path: string, around: string, mark: string): string {
  const isBelow = path.startsWith(around) && (path.length === around.length || path.charAt(around.length) === "/");
  return isBelow ? mark + path.slice(around.length) : path;
}

export function packDetail(detail: StoredDetail): Uint8Array {
  return zstdCompressSync(JSON.stringify(detail), FAST);
}
