/** For tests that alter what is stored behind the program's back. */
export { unpackRecords } from "./records/stored-records.ts";
export { PagesDigest } from "./runs/pages-digest.ts";
export { digestOfRun } from "./runs/run-digest-store.ts";
export { manifestPlace, RunManifestStore } from "./runs/run-manifest-store.ts";
export { isSafe } from "./logins/sign-in.ts";
