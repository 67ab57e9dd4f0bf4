// onnxruntime-web's training build, whose last version is 1.19.2; ../onnx/ has its graphs.
// They step with AdamW at its own rate of 0.001, because that build refuses the SGD graph.
import { glorot, scaled, shuffled } from './data.js';

const DIST = '/bench/node_modules/onnxruntime-web/dist';

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`no training graph for this net (${address})`);
  const gzipped = address.endsWith('.gz');
  const body = gzipped ? response.body.pipeThrough(new DecompressionStream('gzip')) : response.body;
  return new Uint8Array(await new Response(body).arrayBuffer());
}

export async function open() {
  const ort = await import(`${DIST}/ort.training.wasm.min.mjs`);
  ort.env.wasm.wasmPaths = `${location.origin}${DIST}/`;
  ort.env.wasm.numThreads = 1;
  let task, session, data, rows, inputs;

  const zeros = (n) => new Float32Array(n);

  function weights() {
    const parts = task.sizes
      .slice(1)
      .flatMap((fanOut, i) => [glorot(task.sizes[i], fanOut), zeros(fanOut)]);
    return Float32Array.from(parts.flatMap((part) => [...part]));
  }

  function batch(chosen) {
    const x = zeros(chosen.length * inputs);
    const y = new BigInt64Array(chosen.length);
    for (const [place, row] of chosen.entries()) {
      x.set(data.x.subarray(row * inputs, (row + 1) * inputs), place * inputs);
      y[place] = BigInt(data.y[row]);
    }
    return {
      input: new ort.Tensor('float32', x, [chosen.length, inputs]),
      labels: new ort.Tensor('int64', y, [chosen.length]),
    };
  }

  return {
    about: `onnxruntime-web ${ort.env.versions?.web ?? '1.19.2'}`,
    async prepare(given, { x, y, xTest, yTest }) {
      task = given;
      [inputs, rows] = [task.sizes[0], y.length];
      const file = (name) => bytes(`/bench/onnx/${task.sizes.join('-')}.${name}`);
      session = await ort.TrainingSession.create({
        checkpointState: await file('checkpoint.gz'),
        trainModel: await file('training_model.onnx'),
        evalModel: await file('eval_model.onnx'),
        optimizerModel: await file('optimizer_model.onnx'),
      });
      const start = weights();
      await session.loadParametersBuffer(new Uint8Array(start.buffer), true);
      data = { x: scaled(x), y, xTest: scaled(xTest), yTest };
    },
    async epoch() {
      const order = shuffled(rows);
      for (let first = 0; first < rows; first += task.batch) {
        await session.lazyResetGrad();
        await session.runTrainStep(batch(order.subarray(first, first + task.batch)));
        await session.runOptimizerStep();
      }
    },
    /** The training build gives losses only, so the answers are worked out from the weights. */
    async accuracy() {
      const { data: flat } = await session.getContiguousParameters(true);
      let right = 0;
      for (let row = 0; row < data.yTest.length; row++) {
        const pixels = data.xTest.subarray(row * inputs, (row + 1) * inputs);
        const outputs = forward(flat, task, pixels);
        right += Number(outputs.indexOf(Math.max(...outputs)) === data.yTest[row]);
      }
      return right / data.yTest.length;
    },
  };
}

function forward(flat, { sizes, activation }, x) {
  let start = 0;
  let a = x;
  for (const [i, units] of sizes.slice(1).entries()) {
    const w = flat.subarray(start, start + a.length * units);
    const z = flat.slice(start + w.length, start + w.length + units);
    start += w.length + units;
    for (let k = 0; k < a.length; k++) {
      if (a[k]) for (let j = 0; j < units; j++) z[j] += a[k] * w[k * units + j];
    }
    if (i === sizes.length - 2) return z;
    a = z.map(activation === 'relu' ? (v) => Math.max(v, 0) : (v) => 1 / (1 + Math.exp(-v)));
  }
}
