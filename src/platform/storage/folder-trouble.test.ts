import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderTrouble } from "./folder-trouble.ts";
import { openDatabase } from "./open-database.ts";

/** As PGlite's file system throws it: no `Error`, and a number of WASI. */
const ofPGlite = (errno: number) => ({ name: "ErrnoError", errno });
const ofNode = (code: string) => Object.assign(new Error("refused"), { code });

test.each([
  ["no room, told by PGlite", ofPGlite(51), "disk_full"],
  ["no quota, told by Node", ofNode("EDQUOT"), "disk_full"],
  ["read-only, told by PGlite", ofPGlite(69), "data_folder_unusable"],
  ["read-only, told by Node", ofNode("EROFS"), "data_folder_unusable"],
  ["forbidden", ofNode("EACCES"), "data_folder_unusable"],
])("a folder with %s is said by name", (_, error, code) => {
  expect(folderTrouble(error, "/data")).toMatchObject({ code });
});

test("other failures are not the folder's", () => {
  expect(
    [ofPGlite(28), ofNode("ENOENT"), new Error("?"), null, "ENOSPC"].map((each) => folderTrouble(each, "")),
  ).toEqual([null, null, null, null, null]);
});

test("a file in the place of the folder is said with what to do", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gleaner-file-"));
  const file = join(folder, "database");
  await writeFile(file, "");

  await expect(openDatabase({ folder: file })).rejects.toMatchObject({
    code: "data_folder_unusable",
    message: expect.stringContaining("GLEANER_DATA_DIR"),
  });
  await rm(folder, { recursive: true });
});
