/** Which lesson explains a setting: what the lessons say of themselves, see `tests/unit/test_lessons.py`. */
import { formatRoute } from '../router.js';

/** Settings by lesson. */
const EXPLAINS = {
  '01-one-neuron': 'activation',
  '02-xor': 'network_shape, features',
  '03-chain-rule': 'activations',
  '04-eleven-lines': 'epochs',
  '05-learning-rate': 'learning_rate, optimizer',
  '06-softmax': 'loss, balance',
  '07-mini-batches': 'batch_size, schedule, decay_steps',
  '08-over-fitting': 'count, train_share, noise, l1, l2, stop_at, patience, subset',
  '09-weight-start': 'initializer, gain',
  '10-dropout': 'dropout',
  '11-convolution': 'architecture',
  '12-batch-norm': 'architecture',
  '13-reading-digits':
    'architecture, subset, epochs, augment_shift, augment_turn, augment_scale, augment_thickness, augment_noise',
};

const LESSONS = new Map(
  Object.entries(EXPLAINS).flatMap(([lesson, settings]) =>
    settings.split(', ').map((name) => [name, lesson]),
  ),
);

/** @param {string} setting @returns {string | null} the address of its lesson */
export function lessonOf(setting) {
  const lesson = LESSONS.get(setting);
  return lesson ? formatRoute('lessons', new URLSearchParams({ lesson })) : null;
}
