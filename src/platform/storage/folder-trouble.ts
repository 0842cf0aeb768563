import { DiskFull, isDiskFull, type AppError } from "#kernel";
import { DataFolderUnusable } from "./errors.ts";

/** What the operating system says against a folder, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "its file system is read-only",
  ENOTDIR: "a file stands in its way",
  EEXIST: "a file stands in its place",
};

/** PGlite's file system throws a number and no `Error`. Source: WASI snapshot preview 1, `errno`. */
const WASI: Readonly<Record<number, string>> = {
  2: "EACCES",
  19: "EDQUOT",
  51: "ENOSPC",
  54: "ENOTDIR",
  63: "EPERM",
  69: "EROFS",
};

/** Why a database cannot be kept in a folder, as far as that is the folder's fault; else null. */
export function folderTrouble(error: unknown, folder: string): AppError | null {
  const code = codeOf(error);
  if (isDiskFull(code)) return new DiskFull(error);
  const reason = REASONS[code];
  return reason === undefined ? null : new DataFolderUnusable(folder, reason, error);
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "errno" in error && typeof error.errno === "number" ? (WASI[error.errno] ?? "") : "";
}
