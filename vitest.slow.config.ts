import { defineConfig } from "vitest/config";

/** The slow lane: kills, memory, packaging. One file at a time, so that measurements do not disturb each other. */
export default defineConfig({
  test: {
    include: ["src/**/*.slow.test.ts", "tests/**/*.slow.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
