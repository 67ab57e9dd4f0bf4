/** Something the person at the keyboard can mend: it is shown as its one sentence, without a trace. */
export class Problem extends Error {}

/**
 * Runs a command's main function. A Problem ends the process with its sentence and exit code 1;
 * anything else is a bug and keeps its trace.
 * @param {() => Promise<number | undefined>} main its number is the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
