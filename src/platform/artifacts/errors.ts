import { AppError } from "#kernel";

export class ArtifactAltered extends AppError {
  constructor(sha256: string, cause?: unknown) {
    super({
      kind: "internal",
      code: "artifact_altered",
      message: `The stored bytes of artifact ${sha256} are not those that were stored. Restore it from a backup, or harvest the page again.`,
      details: { sha256 },
      cause,
    });
  }
}

export class StorageFull extends AppError {
  constructor(where: string, cause: unknown) {
    super({
      kind: "unavailable",
      code: "storage_full",
      message: `There is no room left at ${where}. Free space there, or choose another place (LOCAL_STORAGE_PATH, or an S3 bucket).`,
      details: { where },
      cause,
    });
  }
}

export class ArtifactStoreUnavailable extends AppError {
  constructor(where: string, cause: unknown) {
    super({
      kind: "unavailable",
      code: "artifact_store_unavailable",
      message: `The artifact store at ${where} does not answer as it should. Check its address, credentials and permissions.`,
      details: { where },
      cause,
    });
  }
}
