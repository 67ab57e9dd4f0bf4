// ConvNetJS: plain JavaScript, one example at a time.
import { runScript, scaled, shuffled } from './data.js';

export async function open() {
  // The script leaves its name in the window, which a worker does not have.
  globalThis.window = globalThis;
  await runScript('/bench/node_modules/convnetjs/build/convnet.js');
  const { convnetjs } = globalThis;
  let net, trainer, volume, data, inputs;

  function layers({ convolutions, sizes, activation }) {
    const output = { type: 'softmax', num_classes: sizes.at(-1) };
    const images = { type: 'input', out_sx: 28, out_sy: 28, out_depth: 1 };
    const rows = { type: 'input', out_sx: 1, out_sy: 1, out_depth: sizes[0] };
    const pooled = convolutions.flatMap(([filters, sx]) => [
      { type: 'conv', sx, filters, stride: 1, pad: 0, activation },
      { type: 'pool', sx: 2, stride: 2 },
    ]);
    const hidden = sizes.slice(1, -1).map((units) => ({
      type: 'fc',
      num_neurons: units,
      activation,
    }));
    return [pooled.length ? images : rows, ...pooled, ...hidden, output];
  }

  const fill = (x, row) => volume.w.set(x.subarray(row * inputs, (row + 1) * inputs));

  return {
    about: 'ConvNetJS 0.3.0',
    prepare(task, { x, y, xTest, yTest }) {
      net = new convnetjs.Net();
      net.makeLayers(layers(task));
      trainer = new convnetjs.Trainer(net, {
        method: 'sgd',
        learning_rate: task.rate,
        momentum: 0,
        l2_decay: 0,
        batch_size: task.batch,
      });
      inputs = x.length / y.length;
      volume = task.convolutions.length
        ? new convnetjs.Vol(28, 28, 1, 0)
        : new convnetjs.Vol(1, 1, inputs, 0);
      data = { x: scaled(x), y, xTest: scaled(xTest), yTest };
    },
    epoch() {
      for (const row of shuffled(data.y.length)) {
        fill(data.x, row);
        trainer.train(volume, data.y[row]);
      }
    },
    accuracy() {
      let right = 0;
      for (let row = 0; row < data.yTest.length; row++) {
        fill(data.xTest, row);
        net.forward(volume);
        right += Number(net.getPrediction() === data.yTest[row]);
      }
      return right / data.yTest.length;
    },
  };
}
