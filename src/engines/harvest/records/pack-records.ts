import { zstdCompressSync, constants } from "node:zlib";
import { NONE, type PackedCell, type PackedColumn, type PackedRecord } from "./packed-page.ts";
import type { StoredDetail, StoredRecord, StoredValue } from "./stored-records.ts";

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** A field whose values stand in more places of their records than this tells the others one by one. */
const MOST_PLACES = 4;

/** Records of one page are written and read together; packed they are an eighth of their JSON. */
export function packRecords(records: readonly StoredRecord[]): Uint8Array<ArrayBuffer> {
  const first = records[0]?.path ?? "";
  const at = first.slice(0, Math.max(0, first.lastIndexOf("/")));
  const columns = new Columns();
  const packed = records.map((record) => packRecord(record, at, columns));
  // A copy of its own size: what compression gives lies in a buffer many times as large.
  return new Uint8Array(compressed({ format: 3, at, columns: columns.packed, records: packed }));
}

function packRecord(record: StoredRecord, at: string, columns: Columns): PackedRecord {
  const { key, text, path, links, fields, unverified } = record;
  const cells: PackedCell[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (!value) continue;
    const number = columns.numberFor(name, value, { record: path, usual: cells.length });
    while (cells.length < number) cells.push(NONE);
    cells[number] = columns.isOpen(number) ? openCell(value, path, at) : packCell(value);
  }
  const place = placeBelow(path, at, "~");
  return unverified.length === 0 ? [key, text, place, links, cells] : [key, text, place, links, cells, unverified];
}

function packCell({ value, quote, range }: StoredValue): PackedCell {
  const said = quote === value ? NONE : quote;
  if (range) return [value, said, range];
  return said === NONE ? value : [value, said];
}

/** The cell of a column whose values do not stand in one place. */
function openCell({ value, quote, range, path, attribute }: StoredValue, record: string, at: string): PackedCell {
  const below = placeBelow(path, record, ".");
  const place = below === path ? placeBelow(path, at, "~") : below;
  return [value, quote === value ? NONE : quote, range ?? NONE, place, attribute ?? NONE];
}

function placeBelow(path: string, around: string, mark: string): string {
  const isBelow = path.startsWith(around) && (path.length === around.length || path.charAt(around.length) === "/");
  return isBelow ? mark + path.slice(around.length) : path;
}

interface Column {
  readonly name: string;
  /** Path below the record; null where each cell tells its own. */
  readonly below: string | null;
  readonly attribute: string | undefined;
}

/** Which values stand in the same place of their records, and get there from the same attribute. */
class Columns {
  readonly #columns: Column[] = [];
  readonly #ofName = new Map<string, number[]>();

  get packed(): PackedColumn[] {
    return this.#columns.map(({ name, below, attribute }): PackedColumn => {
      if (below === null) return [name];
      return attribute === undefined ? [name, below] : [name, below, attribute];
    });
  }

  isOpen(number: number): boolean {
    return this.#columns[number]?.below === null;
  }

  /** `usual` is a guess: the values of most records stand in one order. */
  numberFor(name: string, value: StoredValue, { record, usual }: { record: string; usual: number }): number {
    const column = this.#columns[usual];
    if (column?.name === name && holds(column, value, record)) return usual;
    const known = this.#ofName.get(name) ?? [];
    const found = known.find((number) => holds(this.#columns[number], value, record));
    return found ?? this.#add(name, value, record, known);
  }

  #add(name: string, { path, attribute }: StoredValue, record: string, known: readonly number[]): number {
    const isPlace = path.startsWith(record) && known.length < MOST_PLACES;
    const number = this.#columns.push({ name, below: isPlace ? path.slice(record.length) : null, attribute }) - 1;
    this.#ofName.set(name, [...known, number]);
    return number;
  }
}

function holds(column: Column | undefined, { path, attribute }: StoredValue, record: string): boolean {
  if (!column) return false;
  const { below } = column;
  if (below === null) return true;
  if (column.attribute !== attribute || path.length !== record.length + below.length) return false;
  return path.endsWith(below) && path.startsWith(record);
}

export function packDetail(detail: StoredDetail): Uint8Array {
  return compressed(detail);
}

/** Texts are encoded in a place of their own: a new one for each page takes as long as compressing it. */
let room = new Uint8Array(64 * 1024);
const MOST_ROOM = 4 * 1024 * 1024;
const encoder = new TextEncoder();

function compressed(json: unknown): Buffer<ArrayBuffer> {
  const text = JSON.stringify(json);
  // UTF-8 takes at most three bytes for a code unit.
  const most = text.length * 3;
  if (most > MOST_ROOM) return zstdCompressSync(text, FAST);
  if (most > room.length) room = new Uint8Array(Math.min(MOST_ROOM, most * 2));
  return zstdCompressSync(room.subarray(0, encoder.encodeInto(text, room).written), FAST);
}
