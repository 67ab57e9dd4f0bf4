// jax-js as its users write it: a pure loss, `valueAndGrad` of it, and the whole step in one `jit`.
// Its arrays count references: a function uses up what it is given, `.ref` keeps it.
import { glorot, scaled, shuffled } from './data.js';
import { share } from './tfjs.js';

const SIDE = 28;
const AT_ONCE = 1000;
const STEPS_QUEUED = 16;

/** @param {{device: string}} options */
export async function open({ device }) {
  const jax = await import('/bench/node_modules/@jax-js/jax/dist/index.js');
  const { init, defaultDevice, jit, valueAndGrad, numpy: np, lax, nn, tree } = jax;
  if (!(await init(device)).includes(device)) throw new Error(`${device} does not start`);
  defaultDevice(device);
  let task, data, params, moved, answers;

  /** Weights and biases, those of convolutions with the shape (filters, channels, size, size). */
  function start({ convolutions, sizes }) {
    const made = [];
    const add = (w, shape, biases) => {
      made.push({ w: np.array(w).reshape(shape), b: np.zeros(biases) });
    };
    let side = SIDE;
    let channels = 1;
    for (const [filters, size] of convolutions) {
      const w = glorot(size * size * channels, filters * size * size);
      add(
        w.slice(0, filters * channels * size * size),
        [filters, channels, size, size],
        [filters, 1, 1],
      );
      [side, channels] = [(side - size + 1) >> 1, filters];
    }
    const widths = convolutions.length ? [channels * side * side, ...sizes.slice(1)] : sizes;
    for (const [i, units] of widths.slice(1).entries()) {
      add(glorot(widths[i], units), [widths[i], units], [units]);
    }
    return made;
  }

  const activate = (z) =>
    ({ relu: nn.relu, sigmoid: nn.sigmoid, tanh: np.tanh })[task.activation](z);

  function outputs(layers, x) {
    let a = x;
    for (const [i, { w, b }] of layers.entries()) {
      if (i < task.convolutions.length) {
        const z = lax.convGeneralDilated(a, w, [1, 1], 'VALID').add(b);
        a = lax.reduceWindow(activate(z), np.max, [2, 2], [2, 2]);
        continue;
      }
      if (a.ndim > 2) a = a.reshape([a.shape[0], -1]);
      const z = np.dot(a, w).add(b);
      a = i < layers.length - 1 ? activate(z) : z;
    }
    return a;
  }

  function lossOf(layers, x, y) {
    const n = x.shape[0];
    const z = outputs(layers, x);
    if (task.sizes.at(-1) > 1)
      return nn
        .logSoftmax(z)
        .mul(y)
        .sum()
        .mul(-1 / n);
    // Binary cross-entropy of sigmoid(z): softplus(z) - y z.
    return nn
      .softplus(z.ref)
      .sub(y.mul(z))
      .sum()
      .mul(1 / n);
  }

  const [BETA_1, BETA_2, EPSILON] = [0.9, 0.999, 1e-8];

  function sgd(layers, state, gradients) {
    const moves = tree.map((w, g) => w.sub(g.mul(task.rate)), layers, gradients);
    return [moves, state];
  }

  function adam(layers, { mean, square, kept }, gradients) {
    const kept1 = kept.one.mul(BETA_1);
    const kept2 = kept.two.mul(BETA_2);
    const means = tree.map(
      (m, g) => m.mul(BETA_1).add(g.mul(1 - BETA_1)),
      mean,
      tree.ref(gradients),
    );
    const squares = tree.map(
      (v, g) => v.mul(BETA_2).add(np.square(g).mul(1 - BETA_2)),
      square,
      gradients,
    );
    const moves = tree.map(
      (w, m, v) => {
        const scale = np.sqrt(v.div(np.subtract(1, kept2.ref))).add(EPSILON);
        return w.sub(m.div(np.subtract(1, kept1.ref)).mul(task.rate).div(scale));
      },
      layers,
      tree.ref(means),
      tree.ref(squares),
    );
    return [moves, { mean: means, square: squares, kept: { one: kept1, two: kept2 } }];
  }

  function stateOf(layers) {
    if (task.optimizer === 'sgd') return {};
    const zeros = () => tree.map((w) => np.zerosLike(w), tree.ref(layers));
    const kept = { one: np.array([1]), two: np.array([1]) };
    return { mean: zeros(), square: zeros(), kept };
  }

  const inputs = (x, n) =>
    np.array(scaled(x)).reshape(task.convolutions.length ? [n, 1, SIDE, SIDE] : [n, task.sizes[0]]);

  const targets = (y) =>
    task.sizes.at(-1) === 1
      ? np.array(Float32Array.from(y)).reshape([y.length, 1])
      : nn.oneHot(np.array(Int32Array.from(y), { dtype: np.int32 }), task.sizes.at(-1));

  let state;
  return {
    about: 'jax-js 0.1.25',
    async prepare(given, { x, y, xTest, yTest }) {
      task = given;
      data = {
        x: inputs(x, y.length),
        y: targets(y),
        xTest: inputs(xTest, yTest.length),
        yTest,
        rows: y.length,
      };
      params = start(task);
      state = stateOf(params);
      const update = task.optimizer === 'adam' ? adam : sgd;
      moved = jit((layers, kept, images, wanted) => {
        const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(layers), images, wanted);
        loss.dispose();
        return update(layers, kept, gradients);
      });
      const last = task.sizes.at(-1) === 1 ? nn.sigmoid : nn.softmax;
      answers = jit((layers, images) => last(outputs(layers, images)));
    },
    async epoch() {
      for (let round = 0; round < task.epochs; round++) {
        const order = shuffled(data.rows);
        for (let first = 0; first < data.rows; first += task.batch) {
          const rows = np.array(order.slice(first, first + task.batch), { dtype: np.int32 });
          const images = data.x.ref.slice(rows.ref);
          [params, state] = moved(params, state, images, data.y.ref.slice(rows));
          // What waits to be done keeps its arrays: of a wide net in one epoch more than 4 GiB.
          if ((first / task.batch) % STEPS_QUEUED === 0) await jax.blockUntilReady(params);
        }
      }
      await jax.blockUntilReady(params);
    },
    async accuracy() {
      const [count, classes] = [data.yTest.length, task.sizes.at(-1)];
      const found = new Float32Array(count * classes);
      for (let first = 0; first < count; first += AT_ONCE) {
        const images = data.xTest.ref.slice([first, Math.min(first + AT_ONCE, count)]);
        found.set(await answers(tree.ref(params), images).data(), first * classes);
      }
      return share(found, data.yTest);
    },
  };
}
