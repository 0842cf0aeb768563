import { AppError } from "#kernel";

export class DatabaseInUse extends AppError {
  constructor(folder: string, holder: { pid: number; host: string }) {
    super({
      kind: "conflict",
      code: "database_in_use",
      message:
        `The database folder ${folder} is in use by process ${holder.pid} on ${holder.host}. ` +
        "Use the running server (its API, or the command line, which finds it), stop it, or set DATABASE_URL to a PostgreSQL server, which many processes can share.",
      details: { folder, pid: holder.pid, host: holder.host },
    });
  }
}

export class DataFolderUnusable extends AppError {
  constructor(folder: string, reason: string, cause: unknown) {
    super({
      kind: "invalid",
      code: "data_folder_unusable",
      message: `The folder ${folder} cannot hold the database: ${reason}. Make it a folder that this user may write, or set GLEANER_DATA_DIR to one.`,
      details: { folder, reason },
      cause,
    });
  }
}

export class DatabaseUnavailable extends AppError {
  constructor(address: string, cause: unknown) {
    super({
      kind: "unavailable",
      code: "database_unavailable",
      message: `The database at ${address} cannot be reached. Check DATABASE_URL, and that the server is up and accepts this user.`,
      details: { address },
      cause,
    });
  }
}

export class DatabaseIsNewer extends AppError {
  constructor(migrations: readonly string[]) {
    super({
      kind: "conflict",
      code: "database_is_newer",
      message: `The database was migrated by a newer Gleaner (${migrations.join(", ")}). Start that version, or restore a backup.`,
      details: { migrations },
    });
  }
}

export class DatabaseNotEmpty extends AppError {
  constructor(table: string) {
    super({
      kind: "conflict",
      code: "database_not_empty",
      message: `The target database already has rows in "${table}". Copy into an empty database: create a new one and name it in the target URL.`,
      details: { table },
    });
  }
}

export class BadDatabaseUrl extends AppError {
  constructor() {
    super({
      kind: "invalid",
      code: "bad_database_url",
      message: "The database URL cannot be read. It looks like postgresql://USER:PASSWORD@HOST:5432/NAME.",
    });
  }
}

export class SecretKeyLost extends AppError {
  constructor(keyId: string) {
    super({
      kind: "unavailable",
      code: "secret_key_lost",
      message:
        `This secret was sealed with key ${keyId}, which is not in the key ring. ` +
        "Put that key back (SECRETS_KEY, or the key file in the data folder), or enter the secret anew.",
      details: { keyId },
    });
  }

  /** Waiting does not bring a key back. */
  override get retryable(): boolean {
    return false;
  }
}

export class SecretAltered extends AppError {
  constructor(cause?: unknown) {
    super({
      kind: "internal",
      code: "secret_altered",
      message: "A sealed secret was altered or belongs to another place. Enter the secret anew.",
      cause,
    });
  }
}

export class BadSecretKey extends AppError {
  constructor(source: string) {
    super({
      kind: "invalid",
      code: "bad_secret_key",
      message: `The key in ${source} is not 64 hex digits. Make one with: openssl rand -hex 32`,
      details: { source },
    });
  }
}
