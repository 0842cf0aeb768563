import { expect, test } from "vitest";
import { placeInQueue, type Priority } from "./priority.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 1, 8, minutes));

test("what was handed in together runs by priority, and among equals in order", () => {
  const jobs = [
    { id: "low", priority: "low", minute: 0 },
    { id: "normal", priority: "normal", minute: 1 },
    { id: "later normal", priority: "normal", minute: 2 },
    { id: "high", priority: "high", minute: 3 },
  ] as const;

  expect(inOrder(jobs)).toEqual(["high", "normal", "later normal", "low"]);
});

test("a job of low priority waits at most two hours for what comes after it", () => {
  const rush = Array.from(
    { length: 180 },
    (_, minute) => ({ id: `high ${minute}`, priority: "high", minute }) as const,
  );
  const order = inOrder([{ id: "low", priority: "low", minute: 0 }, ...rush]);

  expect(order.indexOf("low")).toBe(120);
});

test("a place fits into the whole number that the queue keeps", () => {
  expect(placeInQueue("low", new Date("2037-01-01"))).toBeGreaterThan(-(2 ** 31));
});

function inOrder(jobs: readonly { id: string; priority: Priority; minute: number }[]): string[] {
  const placed = jobs.map(({ id, priority, minute }) => ({ id, place: placeInQueue(priority, at(minute)) }));
  return placed.sort((a, b) => b.place - a.place).map(({ id }) => id);
}
