// The examples of a task: the first images of MNIST out of dist/, noise, or the points of XOR.

const FOLDER = '/dist/mnist/';
const SHARD = 5000;
const HEADER = { images: 16, labels: 8 };

async function idx(name, kind) {
  const response = await fetch(`${FOLDER}${name}.gzip`);
  if (!response.ok) throw new Error(`${name}: ${response.status}; is dist/ built?`);
  const plain = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer()).subarray(HEADER[kind]);
}

async function images(part, count) {
  const bytes = new Uint8Array(count * 784);
  for (let first = 0; first < count; first += SHARD) {
    const number = String(first / SHARD).padStart(2, '0');
    const shard = await idx(`${part}-images-${number}.idx3-ubyte`, 'images');
    bytes.set(shard.subarray(0, 784 * Math.min(SHARD, count - first)), first * 784);
  }
  return bytes;
}

async function mnist({ examples, tests }) {
  const labels = async (part) => idx(`${part}-labels.idx1-ubyte`, 'labels');
  return {
    x: await images('train', examples),
    y: (await labels('train')).slice(0, examples),
    xTest: await images('test', tests),
    yTest: (await labels('test')).slice(0, tests),
  };
}

function xor() {
  const x = Float32Array.of(-1, -1, -1, 1, 1, -1, 1, 1);
  const y = Uint8Array.of(0, 1, 1, 0);
  return { x, y, xTest: x, yTest: y };
}

/** Images without a zero: bytes 1 … 255 and classes, both by chance. */
function noise({ examples, tests }) {
  const draw = (count, least, most) =>
    Uint8Array.from(
      { length: count },
      () => least + Math.floor(Math.random() * (most - least + 1)),
    );
  return {
    x: draw(784 * examples, 1, 255),
    y: draw(examples, 0, 9),
    xTest: draw(784 * tests, 1, 255),
    yTest: draw(tests, 0, 9),
  };
}

const SETS = { mnist, noise, xor };

/** @returns x (n * inputs) bytes or numbers, y (n) class numbers, and the same for the test */
export const load = (task) => SETS[task.data](task);

/** Bytes as numbers from 0 to 1; numbers as they are. */
export const scaled = (x) =>
  x instanceof Uint8Array ? Float32Array.from(x, (byte) => byte / 255) : x;

/** Row numbers 0 … n-1 in a new order. */
export function shuffled(n) {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Numbers spread evenly over ±√(6 / (fanIn + fanOut)) (Glorot, Bengio 2010). */
export function glorot(fanIn, fanOut) {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return Float32Array.from({ length: fanIn * fanOut }, () => (2 * Math.random() - 1) * limit);
}

/** A library that is a plain script: run as one, it leaves its name in the global scope. */
export async function runScript(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // biome-ignore lint/security/noGlobalEval: a module worker has no importScripts
  globalThis.eval(await response.text());
}
