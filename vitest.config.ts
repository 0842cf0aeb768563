import { defineConfig } from "vitest/config";
import { HeavyFirst } from "./tests/heavy-first.ts";

/** Where programs that tests start write which code they ran; `npm run coverage` sets it. */
const childCoverage = process.env["CHILD_COVERAGE"];

export default defineConfig({
  test: {
    env: childCoverage === undefined ? {} : { NODE_V8_COVERAGE: childCoverage },
    include: ["src/**/*.test.ts", "web/src/**/*.test.ts", "tests/**/*.test.ts"],
    exclude: ["**/*.slow.test.ts", "**/node_modules/**"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Loading the program and compiling its database anew for every file would take a third of the time. Modules keep no
    // state (time, ids and environment are arguments), so what one file leaves behind and another meets is a fault to find.
    isolate: false,
    sequence: { sequencer: HeavyFirst },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/testing.ts", "src/platform/storage/prepared-cluster.ts"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
