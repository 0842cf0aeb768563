// What keeps the memory of a long run from growing. All of it has to be told before a program starts. Plain Node 20.

/**
 * What is short-lived gets so much room and no more: by itself it grows for hours, to twenty times that, and runs no faster. What
 * of it happens to be in use when long-lived objects are collected is kept until the next time: the less, the steadier.
 */
const YOUNG = "--max-semi-space-size=4";

/**
 * Short-lived objects are collected while long-lived ones are looked through, too. By itself V8 puts them off until that is
 * done, tens of megabytes later on a busy machine, and keeps that memory. And they are collected by the thread that made them:
 * with so little room, handing them out to others takes longer than it saves, and takes cores from what they should be reading.
 * Heaps are collected when they have doubled. By itself V8 takes from a tenth more to four times, by how fast it found itself at
 * the last collections: on a noisy machine a heap that was steady for an hour may be let grow to something it never gives back.
 * The options are V8's, not Node's, and Node refuses what its V8 does not know: they are told only to the version that they
 * were tried on.
 */
const COLLECTING = {
  options: ["--no-separate-gc-phases", "--no-parallel-scavenge", "--heap-growing-percent=100"],
  node: 24,
};

/** Options for a program that a Node of this major version runs, the running one unless told. */
export function boundsFor(major = Number.parseInt(process.versions.node, 10)) {
  return major === COLLECTING.node ? [YOUNG, ...COLLECTING.options] : [YOUNG];
}

/**
 * With an arena for each thread the C library of Linux keeps whatever each thread once needed at the same time: more memory,
 * which grows in steps. Who sets the variable has his way.
 */
export const boundedEnvironment = { MALLOC_ARENA_MAX: "1", ...process.env };

/** Whether this process was started with these, or with what somebody chose in their place. */
export function isBounded() {
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ");
  return options.includes("--max-semi-space-size") && process.env.MALLOC_ARENA_MAX !== undefined;
}
