import type { LogInForm, Page } from "#engines/extraction";
import type { SessionState } from "./session-state.ts";

/** A page of a log-in. It is looked at and forgotten: nothing of it is stored. */
export interface LogInPage {
  readonly url: string;
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly page: Page;
  /** The server's clock when it answered, where it tells. */
  readonly servedAt: Date | null;
}

/** A value for a field. Secrets are typed where only the portal's own origins can be reached. */
export interface Typed {
  readonly username: string | null;
  readonly password: string | null;
  readonly code: string | null;
}

/** Who goes through the pages of a log-in: over HTTP, or in a browser of its own. Who opens one closes it. */
export interface LogInVisitor {
  readonly transport: "http" | "browser";
  open(url: string): Promise<LogInPage>;
  /** False when sending this form takes scripts that this visitor does not run. */
  canSend(form: LogInForm, at: LogInPage): boolean;
  /** Fills in and sends a form of the page it stands on. */
  send(form: LogInForm, typed: Typed, at: LogInPage): Promise<LogInPage>;
  session(): Promise<SessionState>;
  close(): Promise<void>;
}
