import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { sha256Hex } from "#kernel";
import type { Database } from "#platform/storage";
import { RunManifestStore, unpackRecords } from "#engines/harvest/testing";
import { testSeal } from "./open-harvester.ts";

export type StoredRecord = ReturnType<typeof unpackRecords>[number];
export type StoredValue = StoredRecord["fields"][string];

/** What somebody does behind the program's back. */
export interface TamperKit {
  /** Changes the stored records of page 1: in place, or as the JSON they are. With the key whoever does so seals anew. */
  readonly records: (run: string, change: (records: StoredRecord[]) => void) => Promise<void>;
  readonly json: (run: string, change: (json: string) => string) => Promise<void>;
  /** Whoever has the key can seal anew: each value has to speak for itself all the same. */
  readonly sealAnew: (run: string) => Promise<void>;
}

export function tamperKit(db: Database, { hasKey }: { readonly hasKey: boolean }): TamperKit {
  const sealAnew = (run: string) => new RunManifestStore({ db, seal: testSeal() }).put(run, db);

  async function json(run: string, change: (json: string) => string): Promise<void> {
    const pages = db.selectFrom("run_page").selectAll().where("run_id", "=", run).where("number", "=", 1);
    const before = JSON.stringify(unpackRecords((await pages.executeTakeFirstOrThrow()).records));
    const after = change(before);
    if (after === before) throw new Error("The test changed nothing.");
    const records = zstdCompressSync(after);
    const noted = hasKey ? { records_sha256: sha256Hex(records) } : {};
    const row = db.updateTable("run_page").set({ records, ...noted });
    await row.where("run_id", "=", run).where("number", "=", 1).execute();
    if (hasKey) await sealAnew(run);
  }

  return {
    json,
    sealAnew,
    records: (run, change) =>
      json(run, (before) => {
        const list: StoredRecord[] = JSON.parse(before);
        change(list);
        return JSON.stringify(list);
      }),
  };
}

export function valueOf(record: StoredRecord | undefined, name: string): StoredValue {
  const value = record?.fields[name];
  if (!value) throw new Error(`The record has no ${name}, only ${Object.keys(record?.fields ?? {}).join(", ")}.`);
  return value;
}

/** Turns bits in every stored page of a folder. */
export async function damagePages(folder: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !/pack/.test(file.name)) continue;
    const path = join(file.parentPath, file.name);
    const bytes = await readFile(path);
    for (let at = Math.floor(bytes.length / 3); at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    await writeFile(path, bytes);
  }
}
