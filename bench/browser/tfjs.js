// TensorFlow.js as its users write it: tf.sequential, compile, model.fit.
import { runScript, scaled } from './data.js';

const PACKAGES = '/bench/node_modules/@tensorflow';

/** @param {{backend: string}} options */
export async function startTensorFlow({ backend }) {
  await runScript(`${PACKAGES}/tfjs/dist/tf.min.js`);
  const { tf } = globalThis;
  if (backend === 'wasm') {
    await runScript(`${PACKAGES}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`);
    tf.wasm.setWasmPaths(`${PACKAGES}/tfjs-backend-wasm/dist/`);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the back end ${backend} does not start`);
  await tf.ready();
  return tf;
}

export function tensors(tf, task, { x, y, xTest, yTest }) {
  const shape = task.convolutions.length ? [28, 28, 1] : [task.sizes[0]];
  const classes = task.sizes.at(-1);
  const targets = (labels) =>
    classes === 1
      ? tf.tensor2d(Float32Array.from(labels), [labels.length, 1])
      : tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat());
  return {
    x: tf.tensor(scaled(x), [y.length, ...shape]),
    y: targets(y),
    xTest: tf.tensor(scaled(xTest), [yTest.length, ...shape]),
    truth: yTest,
  };
}

function sequential(tf, { convolutions, sizes, activation }) {
  const model = tf.sequential();
  const last = { units: sizes.at(-1), activation: sizes.at(-1) === 1 ? 'sigmoid' : 'softmax' };
  const [inputs, ...hidden] = sizes.slice(0, -1);
  let first = { inputShape: convolutions.length ? [28, 28, 1] : [inputs] };
  for (const [filters, kernelSize] of convolutions) {
    model.add(tf.layers.conv2d({ filters, kernelSize, activation, ...first }));
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
    first = {};
  }
  if (convolutions.length) model.add(tf.layers.flatten());
  for (const units of hidden) {
    model.add(tf.layers.dense({ units, activation, ...first }));
    first = {};
  }
  model.add(tf.layers.dense(last));
  return model;
}

/** The share of rows whose outputs (n * classes) name the right class. */
export function share(outputs, truth) {
  const classes = outputs.length / truth.length;
  let right = 0;
  for (let i = 0; i < truth.length; i++) {
    const row = outputs.subarray(i * classes, (i + 1) * classes);
    const answer = classes === 1 ? Number(row[0] > 0.5) : row.indexOf(Math.max(...row));
    right += Number(answer === truth[i]);
  }
  return right / truth.length;
}

export async function open(options) {
  const tf = await startTensorFlow(options);
  let model, data, fit;
  return {
    about: `TensorFlow.js ${tf.version.tfjs}`,
    prepare(task, examples) {
      data = tensors(tf, task, examples);
      model = sequential(tf, task);
      model.compile({
        optimizer: tf.train[task.optimizer](task.rate),
        loss: task.sizes.at(-1) === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy',
      });
      fit = { batchSize: task.batch, epochs: task.epochs, shuffle: true, verbose: 0 };
    },
    epoch: () => model.fit(data.x, data.y, fit),
    async accuracy() {
      const outputs = model.predict(data.xTest);
      const answers = await outputs.data();
      outputs.dispose();
      return share(answers, data.truth);
    },
  };
}
