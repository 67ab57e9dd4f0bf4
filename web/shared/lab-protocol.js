/**
 * What the page and a worker of the lab say to each other. The page's first and only message hands
 * over a port; Comlink carries the calls through it. What a program writes and shows comes through
 * a port of its own, while the program keeps its thread busy.
 *
 * @typedef {import('./protocol.js').Fault} Fault
 * @typedef {import('./protocol.js').Progress} Progress
 * @typedef {import('./protocol.js').Reply} Reply
 *
 * @typedef {object} LabBoot  either the fault or what is ready
 * @property {Fault} [fault]
 * @property {WebAssembly.Module} [runtime]  Python's own, compiled, for the next worker
 *
 * @typedef {object} Program  what is to be run
 * @property {string} text
 * @property {string} file      its name, in tracebacks
 * @property {number | null} part  the first line of a part, which goes on with the names of the run
 *   before; null: all of it, from nothing
 * @property {Record<string, Uint8Array>} files  the person's, by name
 * @property {Record<string, string>} changes  texts of files of pynn, by path
 * @property {Record<string, any>} settings  what `show.setting` gives, by name
 * @property {string} [check]  a lesson's, which runs after it
 *
 * @typedef {object} ProgramError
 * @property {string} type
 * @property {string} message
 * @property {number | null} line    from 1, as column and end
 * @property {number | null} column
 * @property {number | null} end
 * @property {string} trace
 * @property {string | null} hint    a code: what is peculiar to the lab
 * @property {string} [changed]      the file of pynn that it is in, as the person changed it
 *
 * @typedef {object} Outcome
 * @property {'finished' | 'failed'} status
 * @property {ProgramError | null} error
 * @property {number} seconds
 * @property {string} [damage]  what of Python itself is no longer as it was; without it, it may run
 *   another program
 * @property {string} [verdict]  of a check: what is wrong; empty where nothing is
 * @property {[string, number][]} written  files that the program wrote, with their sizes
 *
 * @typedef {object} Finding  a wrong gradient, see `pynn/lab/gradients.py`
 * @property {string} part
 * @property {string} case
 * @property {string} file
 * @property {string} what
 * @property {number | null} error
 * @property {string} raised
 * @property {boolean} again
 *
 * @typedef {Record<string, any> & {kind: string}} Entry  see `pynn/lab/console.py`
 * @typedef {{entries: Entry[], arrays: Reply['arrays'], blob?: Uint8Array}} Shown
 *
 * @typedef {Reply | {fault: Fault}} Answer
 *
 * @typedef {object} LabWorker  what the worker offers
 * @property {() => Promise<string | null>} lifeline
 * @property {(base: string, runtime: WebAssembly.Module | null,
 *   onProgress: (progress: Progress) => void) => Promise<LabBoot>} boot
 * @property {(program: Program, shown: MessagePort) => Promise<Answer>} run
 *   the head of its reply is an Outcome
 * @property {(action: string, args: object) => Promise<Answer>} call
 */

/** The first message on a program's port: Python has taken it. */
export const BEGUN = 'begun';
/** The last one. */
export const OVER = 'over';
