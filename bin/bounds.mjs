// What keeps the memory of a long run from growing. Both have to be told before a program starts. Plain Node 20.

/** What is short-lived gets so much room and no more: by itself it grows for hours, to ten times that, and runs no faster. */
export const bounds = ["--max-semi-space-size=8"];

/**
 * With an arena for each thread the C library of Linux keeps whatever each thread once needed at the same time: more memory,
 * which grows in steps. Who sets the variable has his way.
 */
export const boundedEnvironment = { MALLOC_ARENA_MAX: "1", ...process.env };

/** Whether this process was started with both, or with what somebody chose in their place. */
export function isBounded() {
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ");
  return options.includes("--max-semi-space-size") && process.env.MALLOC_ARENA_MAX !== undefined;
}
