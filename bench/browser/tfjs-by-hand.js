// TensorFlow.js as fast as it could be made: gradients written out, fused products, and explicit
// transposes, because its WebAssembly product is several times slower on a transposed operand.
import { glorot, shuffled } from './data.js';
import { share, startTensorFlow, tensors } from './tfjs.js';

export async function open(options) {
  const tf = await startTensorFlow(options);
  let task, data, rows, w1, b1, w2, b2;

  const product = (a, b) => tf.matMul(a, b);
  const layer = (a, b, bias, activation) => tf.fused.matMul({ a, b, bias, activation });
  const hidden = (x) => layer(x, w1, b1, task.activation);

  /** One mini-batch: the new weights, in the order w1, b1, w2, b2. */
  function step(x, y, n) {
    const a1 = hidden(x);
    const dz2 = tf.mul(tf.sub(tf.softmax(layer(a1, w2, b2, 'linear')), y), 1 / n);
    const da1 = product(dz2, tf.transpose(w2));
    const slope = task.activation === 'relu' ? tf.step(a1) : tf.mul(a1, tf.sub(1, a1));
    const dz1 = tf.mul(da1, slope);
    const gradients = [
      product(tf.transpose(x), dz1),
      tf.sum(dz1, 0),
      product(tf.transpose(a1), dz2),
      tf.sum(dz2, 0),
    ];
    return [w1, b1, w2, b2].map((w, i) => tf.sub(w, tf.mul(gradients[i], task.rate)));
  }

  return {
    about: `TensorFlow.js ${tf.version.tfjs}`,
    prepare(given, examples) {
      task = given;
      data = tensors(tf, task, examples);
      rows = examples.y.length;
      const [inputs, units, classes] = task.sizes;
      w1 = tf.tensor2d(glorot(inputs, units), [inputs, units]);
      b1 = tf.zeros([units]);
      w2 = tf.tensor2d(glorot(units, classes), [units, classes]);
      b2 = tf.zeros([classes]);
    },
    async epoch() {
      const order = shuffled(rows);
      for (let first = 0; first < rows; first += task.batch) {
        const chosen = order.subarray(first, first + task.batch);
        const moved = tf.tidy(() => {
          const index = tf.tensor1d(chosen, 'int32');
          return step(tf.gather(data.x, index), tf.gather(data.y, index), chosen.length);
        });
        tf.dispose([w1, b1, w2, b2]);
        [w1, b1, w2, b2] = moved;
      }
      await w1.data();
    },
    accuracy() {
      const outputs = tf.tidy(() => layer(hidden(data.xTest), w2, b2, 'linear').dataSync());
      return share(outputs, data.truth);
    },
  };
}
