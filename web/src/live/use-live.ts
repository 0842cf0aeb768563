import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import { openLiveChannel, type LiveChannel, type LiveOrder, type LiveState } from "../api/live-channel.ts";

export interface Live {
  state: LiveState | null;
  isConnected: boolean;
  /** What was refused last, in the server's words. */
  failure: string | null;
  /** Whether a picture has come of the browser that is open now. */
  hasPicture: boolean;
  canvas: RefObject<HTMLCanvasElement | null>;
  send: (order: LiveOrder) => void;
}

/** The live view of a job: its pictures are drawn on the canvas as they come, the newest only. */
export function useLive(jobId: string): Live {
  const canvas = useRef<HTMLCanvasElement>(null);
  const channel = useRef<LiveChannel | null>(null);
  const [state, setState] = useState<LiveState | null>(null);
  const [isConnected, setConnected] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const [hasPicture, setHasPicture] = useState(false);
  useEffect(() => {
    const draw = drawer(canvas, () => setHasPicture(true));
    channel.current = openLiveChannel(jobId, {
      onState(now) {
        setState(now);
        if (!now.showing) setHasPicture(false);
      },
      onFrame: draw,
      onFailure: setFailure,
      onConnected: setConnected,
    });
    return () => channel.current?.close();
  }, [jobId]);
  const send = useCallback((order: LiveOrder) => {
    if (order.type === "take-over" || order.type === "give-back") setFailure(null);
    channel.current?.send(order);
  }, []);
  return { state, isConnected, failure, hasPicture, canvas, send };
}

/** While one picture is unpacked, only the last of those that come meanwhile is kept. */
function drawer(canvas: RefObject<HTMLCanvasElement | null>, onDrawn: () => void): (jpeg: Blob) => void {
  let next: Blob | null = null;
  let isBusy = false;
  const run = async (): Promise<void> => {
    isBusy = true;
    for (let jpeg = next; jpeg !== null; jpeg = next) {
      next = null;
      const picture = await createImageBitmap(jpeg).catch(() => null);
      const target = canvas.current;
      if (!picture || !target) continue;
      if (target.width !== picture.width || target.height !== picture.height) {
        target.width = picture.width;
        target.height = picture.height;
      }
      target.getContext("2d")?.drawImage(picture, 0, 0);
      picture.close();
      onDrawn();
    }
    isBusy = false;
  };
  return (jpeg) => {
    next = jpeg;
    if (!isBusy) void run();
  };
}
