/** What the server says of a job's browser. */
export interface LiveState {
  showing: boolean;
  url: string | null;
  driver: string | null;
  /** Whether this page is what drives. */
  isYours: boolean;
  mayDrive: boolean;
}

/** What a person does in the picture; places are shares of its width and height. */
export type LiveInput =
  | { type: "pointer"; action: "move" | "down" | "up"; x: number; y: number; button?: "left" | "middle" | "right" }
  | { type: "scroll"; x: number; y: number; dx: number; dy: number }
  | { type: "key"; key: string; modifiers?: ("Shift" | "Control" | "Alt")[] }
  | { type: "text"; text: string };

export type LiveOrder = { type: "take-over" } | { type: "give-back" } | LiveInput;

export interface LiveListener {
  onState(state: LiveState): void;
  onFrame(jpeg: Blob): void;
  onFailure(message: string): void;
  /** False while the connection is gone; it comes back by itself. */
  onConnected(isConnected: boolean): void;
}

export interface LiveChannel {
  send(order: LiveOrder): void;
  close(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Opens the live view of a job, and opens it again when it was cut off, until it is closed here. */
export function openLiveChannel(jobId: string, listener: LiveListener): LiveChannel {
  let socket: WebSocket | null = null;
  let timer: number | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  let isClosed = false;
  const connect = (): void => {
    const address = new URL(`/api/v1/jobs/${encodeURIComponent(jobId)}/live`, window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.binaryType = "blob";
    socket.addEventListener("open", () => {
      pauseMs = FIRST_PAUSE_MS;
      listener.onConnected(true);
    });
    socket.addEventListener("message", ({ data }) => {
      if (data instanceof Blob) return listener.onFrame(data);
      const { type, ...said } = JSON.parse(String(data));
      if (type === "state") listener.onState(said);
      else if (type === "error") listener.onFailure(said.message);
    });
    socket.addEventListener("close", () => {
      if (isClosed) return;
      listener.onConnected(false);
      timer = window.setTimeout(connect, pauseMs);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    });
  };
  connect();
  return {
    send(order) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(order));
    },
    close() {
      isClosed = true;
      window.clearTimeout(timer);
      socket?.close();
    },
  };
}
