/**
 * What the page and the worker say to each other. Both threads import this file and nothing else
 * of one another; Comlink carries the calls.
 *
 * @typedef {'runtime' | 'stdlib' | 'numpy' | 'pynn' | 'start'} BootStep
 *
 * @typedef {object} Progress  bytes of one step of the boot; a step without bytes counts 0 of 0
 * @property {BootStep} step
 * @property {number} loaded
 * @property {number} total
 *
 * @typedef {object} DataProgress  bytes of the data files that one call is waiting for
 * @property {string} experiment
 * @property {number} loaded
 * @property {number} total
 *
 * @typedef {object} ManifestEntry
 * @property {number} bytes   uncompressed
 * @property {string} sha256  base64
 *
 * @typedef {object} Manifest  dist/files.json
 * @property {string} version
 * @property {Record<string, ManifestEntry>} files  by path from the page's folder
 *
 * @typedef {object} Fault  an error as plain data: the page translates `errors.TYPE.CODE`
 * @property {string} type
 * @property {string} code
 * @property {Record<string, any>} values
 * @property {string} message   an English sentence, used where no translation is known
 * @property {string} [details] a traceback
 *
 * @typedef {{data: Float32Array, shape: number[]}} NumberArray  row-major
 *
 * @typedef {object} Reply  one frame of an experiment
 * @property {Record<string, any>} head
 * @property {Record<string, NumberArray>} arrays  views of one buffer
 * @property {Uint8Array} [blob]
 *
 * @typedef {object} Setting  one row of a table of settings, as Python states it
 * @property {string} name
 * @property {'choice' | 'integer' | 'real' | 'text' | 'layers' | 'words' | 'subset' | 'architecture'} kind
 * @property {any} default
 * @property {any[]} [options]
 * @property {Record<string, Record<string, any>>} [suits]  other settings that go with an option
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} [most]
 * @property {boolean} restarts
 *
 * @typedef {{planar: Setting[], digits: Setting[]} & Record<string, Setting[]>} Tables
 *
 * @typedef {object} BootResult  either the fault or what is ready
 * @property {Fault} [fault]
 * @property {Tables} [tables]
 * @property {{python: string, numpy: string, pynn: string, pyodide: string}} [versions]
 *
 * @typedef {object} EngineWorker  what the worker offers
 * @property {() => Promise<string | null>} lifeline  the name of a lock that it holds until it ends,
 *   if there are locks; any answer is a sign of life
 * @property {(base: string, onProgress: (progress: Progress) => void) => Promise<BootResult>} boot
 * @property {(experiment: string, method: string, args: object) => Promise<Reply>} call
 * @property {(listener: (progress: DataProgress) => void) => void} onData
 */

/** The steps of the boot, in the order in which a person sees them. */
export const BOOT_STEPS = /** @type {const} */ (['runtime', 'stdlib', 'numpy', 'pynn', 'start']);

/**
 * @param {string} type
 * @param {string} code
 * @param {Record<string, any>} values
 * @param {string} message
 * @param {string} [details]
 * @returns {Fault}
 */
export function fault(type, code, values, message, details) {
  return { type, code, values, message, ...(details ? { details } : {}) };
}

/** A copy of numbers as bytes, as Python takes them. @param {Float32Array} numbers */
export function floatBytes(numbers) {
  return new Uint8Array(numbers.slice().buffer);
}
