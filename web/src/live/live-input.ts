import { useEffect, type ClipboardEvent, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import type { LiveInput } from "../api/live-channel.ts";

const NAMED = new Set([
  "Enter",
  "Tab",
  "Backspace",
  "Delete",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);
const BUTTONS = ["left", "middle", "right"] as const;
/** Between two moves that are told; a press is always told. */
const MOVE_MS = 50;
const LONGEST_PASTE = 2_000;

interface InputOptions {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** Nothing is sent, and keys keep their meaning, unless this page drives. */
  isDriving: boolean;
  send: (input: LiveInput) => void;
  /** Escape: the keyboard is the dashboard's again. */
  onLeave: () => void;
}

/** What the picture does with mouse, wheel, keyboard and clipboard. */
export function useLiveInput({ canvas, isDriving, send, onLeave }: InputOptions) {
  useWheel(canvas, isDriving, send);
  if (!isDriving) return {};
  let movedAt = 0;
  const point = (action: "move" | "down" | "up", event: PointerEvent<HTMLCanvasElement>): void => {
    if (action === "move" && event.timeStamp - movedAt < MOVE_MS) return;
    if (action === "move") movedAt = event.timeStamp;
    if (action === "down") event.currentTarget.setPointerCapture(event.pointerId);
    send({ type: "pointer", action, ...placeOf(event), button: BUTTONS[Math.max(0, event.button)] ?? "left" });
  };
  return {
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => point("move", event),
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.focus();
      point("down", event);
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => point("up", event),
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
    onKeyDown: (event: KeyboardEvent) => {
      const input = inputOf(event);
      if (event.key === "Escape") onLeave();
      // What is not sent on, such as Ctrl+V, is left to the reader's own browser.
      if (!input && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (input) send(input);
    },
    onPaste: (event: ClipboardEvent) => {
      const text = event.clipboardData.getData("text").slice(0, LONGEST_PASTE);
      if (text !== "") send({ type: "text", text });
      event.preventDefault();
    },
  };
}

function inputOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): LiveInput | null {
  const isCommand = ctrlKey || metaKey;
  if (isCommand && key.toLowerCase() === "v") return null;
  if (isCommand && /^[acxyz]$/i.test(key)) return { type: "key", key: key.toLowerCase(), modifiers: ["Control"] };
  if (NAMED.has(key)) {
    const modifiers = [
      ...(shiftKey ? (["Shift"] as const) : []),
      ...(isCommand ? (["Control"] as const) : []),
      ...(altKey ? (["Alt"] as const) : []),
    ];
    return { type: "key", key, modifiers };
  }
  return [...key].length === 1 && !isCommand ? { type: "text", text: key } : null;
}

/** React listens to the wheel passively; then the dashboard would scroll along. */
function useWheel(
  canvas: RefObject<HTMLCanvasElement | null>,
  isDriving: boolean,
  send: (input: LiveInput) => void,
): void {
  useEffect(() => {
    const target = canvas.current;
    if (!target || !isDriving) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top, width, height } = target.getBoundingClientRect();
      const [x, y] = [share(event.clientX - left, width), share(event.clientY - top, height)];
      send({ type: "scroll", x, y, dx: bounded(event.deltaX), dy: bounded(event.deltaY) });
    };
    target.addEventListener("wheel", turn, { passive: false });
    return () => target.removeEventListener("wheel", turn);
  }, [canvas, isDriving, send]);
}

function placeOf({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return { x: share(clientX - left, width), y: share(clientY - top, height) };
}

function share(length: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, length / whole)) : 0;
}

function bounded(distance: number): number {
  return Math.min(2_000, Math.max(-2_000, distance));
}
