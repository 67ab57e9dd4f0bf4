/** The three figures that everybody sees: the network, the plane, the curves. */
import { createLossesFigure } from '../../figures/losses.js';
import { createNetworkFigure } from '../../figures/network.js';
import { createPlaneFigure } from '../../figures/plane.js';

/**
 * @param {object} options
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(settings: import('../../session/settings.js').Values) => void} options.change
 * @param {(changes: Record<string, number>) => void} options.byHand
 * @param {() => ReturnType<typeof import('./touch.js').createTouch>} options.touch
 * @param {() => ReturnType<typeof import('./own-points.js').createOwnPoints>} options.own
 */
export function createMainFigures({ session, change, byHand, touch, own }) {
  const row = (/** @type {string} */ name) => session().table.find((one) => one.name === name);
  const network = createNetworkFigure({
    number: 1,
    mostUnits: () => row('network_shape')?.high ?? 0,
    allFeatures: () => row('features')?.options ?? [],
    onShape: (shape) => change({ network_shape: shape.join(',') }),
    onFeatures: (features) => change({ features: features.join(',') }),
    onPut: byHand,
    onUnit: (picture) => plane.lens(picture),
  });
  const plane = createPlaneFigure({
    number: 2,
    onPoint: (point) => touch().point(point),
    onPut: byHand,
    onGuess: (guess) => change({ guess }),
    onOwn: (points) => own().painted(points),
    onLoad: (file) => own().take(file),
    onSave: () => own().save(),
  });
  return { network, plane, losses: createLossesFigure({ number: 3 }) };
}
