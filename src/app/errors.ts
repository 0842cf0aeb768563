import { AppError } from "#kernel";

export class BatchUnreadable extends AppError {
  constructor(file: string, cause: unknown) {
    super({
      kind: "invalid",
      code: "batch_unreadable",
      message: `The batch file ${file} cannot be read. Give the path of a JSON Lines file; each line names one page.`,
      cause,
    });
  }
}

/** Another program listens there already. */
export class AddressTaken extends AppError {
  constructor(host: string, port: number) {
    super({
      kind: "conflict",
      code: "address_taken",
      message: `Another program listens on ${host}:${port} already. Stop it, or choose another port: --port 8001 or API_PORT=8001.`,
      details: { host, port },
    });
  }
}

/** One process may hold the embedded database, so roles cannot be split over several. */
export class RolesNeedPostgres extends AppError {
  constructor(missing: readonly string[]) {
    super({
      kind: "invalid",
      code: "roles_need_postgres",
      message: `The embedded database serves one process, which must take every role; ${missing.join(", ")} would be nobody's. Set DATABASE_URL, or leave --roles out.`,
      details: { missing },
    });
  }
}

export class FileUnreadable extends AppError {
  constructor(file: string, what: string, cause: unknown) {
    super({
      kind: "invalid",
      code: "file_unreadable",
      message: `${file} cannot be read as a ${what}. Give the path of a JSON file.`,
      cause,
    });
  }
}

export class AddressesUnreadable extends AppError {
  constructor(file: string, reason: string, cause?: unknown) {
    super({
      kind: "invalid",
      code: "addresses_unreadable",
      message: `No addresses can be read from ${file}: ${reason}. Give a text file with the address of one list page on each line.`,
      details: { reason },
      cause,
    });
  }
}

export class DatabaseMissing extends AppError {
  constructor(folder: string) {
    super({
      kind: "not-found",
      code: "database_missing",
      message: `There is no database in ${folder}. Name the folder "database" in the data folder that Gleaner ran with, or the URL of a PostgreSQL server.`,
      details: { folder },
    });
  }
}

export class DemoFailed extends AppError {
  constructor(problem: string) {
    super({
      kind: "internal",
      code: "demo_failed",
      message: `The demonstration did not end well: ${problem}. Start it again with LOG_LEVEL=debug and report what it says.`,
    });
  }
}

/** The server that holds the database would not do what the command asked. */
export class ServerRefused extends AppError {
  constructor(url: string, said: string) {
    super({
      kind: "forbidden",
      code: "server_refused",
      message: `The running server at ${new URL(url).origin} refused: ${said} Its own user reads its key from server.json in the data folder; otherwise stop it and try again.`,
    });
  }
}
