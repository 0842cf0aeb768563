import type { WebSocket } from "@fastify/websocket";
import { AppError, type Logger } from "#kernel";
import { permits, type AuditLog } from "#platform/operators";
import type { LiveDesk, LiveSeat, LiveState, Viewer } from "#products/portals";
import { nameOf, type Principal } from "./access.ts";
import { LiveMessageMalformed, RoleTooLow, TooManyLiveMessages } from "./errors.ts";
import { readLiveMessage, type LiveMessage } from "./live-message.ts";

export interface LiveSocketDeps {
  readonly live: Pick<LiveDesk, "join">;
  readonly audit: Pick<AuditLog, "record">;
  readonly logger: Logger;
}

export interface LiveCaller {
  readonly jobId: string;
  readonly principal: Principal | null;
  readonly isStillAllowed: () => Promise<boolean>;
}

const PING_MS = 20_000;
/** After that a viewer connects anew: roles change. */
const LONGEST_MS = 30 * 60_000;
const WINDOW_MS = 5_000;
const MOST_PER_WINDOW = 500;
const MOST_FAULTS = 20;
const POLICY_VIOLATION = 1_008;
const TRY_AGAIN = 1_012;
const SERVER_FAILED = 1_011;

/** One viewer of one job: pictures and states go out, what a person does comes in. */
export class LiveSocket {
  readonly #socket: WebSocket;
  readonly #jobId: string;
  readonly #principal: Principal | null;
  readonly #isStillAllowed: () => Promise<boolean>;
  readonly #deps: LiveSocketDeps;
  #seat: LiveSeat | null = null;
  #isDriver = false;
  #isAlive = true;
  #faults = 0;
  #window = { endsAt: 0, messages: 0 };

  constructor(socket: WebSocket, { jobId, principal, isStillAllowed }: LiveCaller, deps: LiveSocketDeps) {
    this.#socket = socket;
    this.#isStillAllowed = isStillAllowed;
    this.#jobId = jobId;
    this.#principal = principal;
    this.#deps = deps;
  }

  /** Serves the viewer until one of the two hangs up. Messages that come before the job was found are not lost. */
  async serve(): Promise<void> {
    const joined = this.#deps.live.join(this.#jobId, this.#viewer());
    const socket = this.#socket;
    const ping = setInterval(() => void this.#ping(), PING_MS);
    const end = setTimeout(() => socket.close(TRY_AGAIN, "sign in again"), LONGEST_MS);
    const closed = Promise.withResolvers<void>();
    let before: Promise<unknown> = joined;
    socket.on("pong", () => (this.#isAlive = true));
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      // What is too much is not even kept until its turn.
      if (!this.#admits()) return this.#fault(new TooManyLiveMessages());
      const text = isBinary ? "" : data.toString("utf8");
      // In the order in which it came; a page that does not react holds up no more than its own viewer.
      before = before.then(
        () => this.#receive(text),
        () => undefined,
      );
    });
    socket.on("close", () => closed.resolve());
    try {
      this.#seat = await joined;
      await closed.promise;
    } catch (error) {
      this.#refuse(error);
      socket.close(SERVER_FAILED);
    } finally {
      clearInterval(ping);
      clearTimeout(end);
      this.#seat?.leave();
      this.#noteDriver(false);
    }
  }

  #viewer(): Viewer {
    return {
      name: this.#principal?.name ?? "somebody",
      onFrame: ({ jpeg }) =>
        new Promise((resolve, reject) =>
          this.#socket.send(jpeg, { binary: true }, (error) => (error ? reject(error) : resolve())),
        ),
      onState: (state, isDriver) => this.#show(state, isDriver),
    };
  }

  #show(state: LiveState, isDriver: boolean): void {
    this.#noteDriver(isDriver);
    const mayDrive = permits(this.#principal?.role ?? "viewer", "operator");
    this.#send({ type: "state", ...state, isYours: isDriver, mayDrive });
  }

  async #receive(text: string): Promise<void> {
    try {
      const message = readLiveMessage(text);
      if (!message) throw new LiveMessageMalformed();
      await this.#do(message);
    } catch (error) {
      this.#fault(error);
    }
  }

  #fault(error: unknown): void {
    this.#refuse(error);
    this.#faults += 1;
    if (this.#faults >= MOST_FAULTS) this.#socket.close(POLICY_VIOLATION, "too many faults");
  }

  async #do(message: LiveMessage): Promise<void> {
    if (!permits(this.#principal?.role ?? "viewer", "operator")) throw new RoleTooLow("operator");
    switch (message.type) {
      case "take-over":
        return this.#seat?.takeOver();
      case "give-back":
        return this.#seat?.giveBack();
      default:
        return this.#seat?.input(message);
    }
  }

  #admits(): boolean {
    const now = performance.now();
    if (now >= this.#window.endsAt) this.#window = { endsAt: now + WINDOW_MS, messages: 0 };
    this.#window.messages += 1;
    return this.#window.messages <= MOST_PER_WINDOW;
  }

  #refuse(error: unknown): void {
    if (error instanceof AppError) return this.#send({ type: "error", code: error.code, message: error.message });
    this.#deps.logger.error("api.failed", { route: "live", jobId: this.#jobId, err: error });
    this.#send({ type: "error", code: "internal", message: "Something went wrong here. Take over again, or reload." });
  }

  /** Who drove when is on record, however it began and ended. */
  #noteDriver(isDriver: boolean): void {
    if (isDriver === this.#isDriver) return;
    this.#isDriver = isDriver;
    const action = isDriver ? "live.taken-over" : "live.given-back";
    this.#deps.audit
      .record({ actor: nameOf(this.#principal), action, subject: this.#jobId })
      .catch((err: unknown) => this.#deps.logger.error("api.failed", { route: "live", jobId: this.#jobId, err }));
  }

  /** Who no longer answers, or whose key was revoked, is hung up on. */
  async #ping(): Promise<void> {
    if (!this.#isAlive) return this.#socket.terminate();
    this.#isAlive = false;
    this.#socket.ping();
    const isAllowed = await this.#isStillAllowed().catch(() => false);
    if (!isAllowed) this.#socket.close(POLICY_VIOLATION, "no longer signed in");
  }

  #send(message: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
