import { afterEach, expect, test } from "vitest";
import { watchInterruption, type Interruption } from "./interruption.ts";

let watching: Interruption | null = null;
afterEach(() => watching?.stop());

function watch() {
  const clock = { now: 0 };
  let seconds = 0;
  watching = watchInterruption(
    () => (seconds += 1),
    () => clock.now,
  );
  return { clock, signal: watching.signal, forced: () => seconds };
}

test("the first Ctrl-C asks the work to end", () => {
  const { signal, forced } = watch();
  process.emit("SIGINT");

  expect(signal.aborted).toBe(true);
  expect(forced()).toBe(0);
});

test("its echo through a parent process is not a second one", () => {
  const { clock, forced } = watch();
  process.emit("SIGINT");
  clock.now = 300;
  process.emit("SIGINT");

  expect(forced()).toBe(0);
});

test("a second Ctrl-C ends at once", () => {
  const { clock, forced } = watch();
  process.emit("SIGINT");
  clock.now = 2_000;
  process.emit("SIGINT");

  expect(forced()).toBe(1);
});
