export type { ArtifactInfo, ArtifactKind, ArtifactRef } from "./artifact.ts";
export { Artifacts, type FindReferenced } from "./artifacts.ts";
export { openArtifacts, type ArtifactsOptions } from "./open-artifacts.ts";
export type { BucketOptions } from "./s3-bucket.ts";
export { ArtifactAltered, ArtifactStoreUnavailable, StorageFull } from "./errors.ts";
