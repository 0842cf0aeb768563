import { useEffect, useRef } from "react";

const PAUSE_MS = 1_000;

/**
 * Keys, or two keys one after the other ("g o"), and what they do. They rest while a person writes, in dialogs, and together
 * with Ctrl, Alt or Meta, which belong to the browser.
 */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isBusy(event.target)) return;
      const pair = first && event.timeStamp - first.at < PAUSE_MS ? `${first.key} ${event.key}` : null;
      const action = (pair === null ? undefined : current.current[pair]) ?? current.current[event.key];
      first = action ? null : { key: event.key, at: event.timeStamp };
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, select, [role=dialog], [contenteditable]") !== null
  );
}
