// What stops the set-up on purpose: shown as it stands, without a stack.
export class SetUpFailure extends Error {}

/** Runs the main function of a script; a failure of the set-up becomes one clear message and exit code 1. */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
