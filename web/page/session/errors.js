/** What goes wrong in Python, as the page throws and shows it. */
import { fault } from '../../shared/protocol.js';

/** @typedef {import('../../shared/protocol.js').Fault} Fault */

/** What Python or the worker refused, or what broke. */
export class EngineError extends Error {
  /** @param {Fault} fault */
  constructor({ type, code, values, message, details }) {
    super(message);
    this.name = 'EngineError';
    this.type = type;
    this.code = code;
    this.values = values;
    this.details = details;
  }
}

/**
 * @param {import('../../shared/protocol.js').Reply} reply of a training that has run away
 * @returns {Fault}
 */
export function divergence({ head }) {
  const reason = head.reason ?? 'loss_not_finite';
  return fault('diverged', reason, {}, `Training stopped: ${reason}`);
}

/**
 * What goes wrong in the lab or the lessons and not in Python: `errors.LabError` has its sentence.
 *
 * @param {string} code
 * @param {Record<string, any>} [values]
 */
export const labFault = (code, values = {}) => fault('LabError', code, values, code);

/**
 * @param {unknown} error of a start, whatever it is
 * @returns {Fault}
 */
export function bootFault(error) {
  return fault('BootError', 'start', { reason: String(error) }, String(error));
}
