// What this machine's 128-bit SIMD can do at most, in a loop that never leaves the registers: twelve
// sums, each multiplied and added to again and again, so that no unit waits for another's result.
// The module is put together here byte by byte, because it needs no compiler and no memory.

const SUMS = 12;
const UNROLLED = 8;
const LANES = 4;

const GET = 0x20;
const SET = 0x21;
const TEE = 0x22;
// Instructions behind the prefix 0xfd, by their names in the WebAssembly specification.
const SPLAT = [0xfd, 0x13];
const FIRST_LANE = [0xfd, 0x1f, 0];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const MULTIPLY_ADD = [0xfd, 0x85, 0x02]; // relaxed_madd(a, b, c) = a b + c

const F32 = 0x7d;
const I32 = 0x7f;
const V128 = 0x7b;

/** A number in LEB128, seven bits a byte. */
function leb(n) {
  return n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)];
}

const sized = (bytes) => [...leb(bytes.length), ...bytes];
const section = (id, ...items) => [id, ...sized([items.length, ...items.flat()])];

/** run(rounds, x): `rounds` times UNROLLED times sum += x * sum, for all sums. */
function moduleOf(step) {
  const sum = (i) => 2 + i;
  const x = 2 + SUMS;
  const f32 = (value) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
  const each = (make) => Array.from({ length: SUMS }, (_, i) => make(sum(i), i)).flat();
  const body = [
    ...[1, SUMS + 1, V128],
    ...[GET, 1, ...SPLAT, SET, x],
    ...each((name, i) => [...f32(1 + i), ...SPLAT, SET, name]),
    ...[0x03, 0x40],
    ...Array.from({ length: UNROLLED }, () => each((name) => step(name, x))).flat(),
    ...[GET, 0, 0x41, 1, 0x6b, TEE, 0, 0x0d, 0, 0x0b],
    ...[GET, sum(0), ...each((name) => [GET, name, ...ADD]), ...FIRST_LANE, 0x0b],
  ];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [0x60, 2, I32, F32, 1, F32]),
    ...section(3, [0]),
    ...section(7, [3, ...new TextEncoder().encode('run'), 0, 0]),
    ...section(10, sized(body)),
  ]);
}

const KINDS = {
  simd: (sum, x) => [GET, x, GET, sum, ...MULTIPLY, GET, sum, ...ADD, SET, sum],
  relaxed: (sum, x) => [GET, x, GET, sum, GET, sum, ...MULTIPLY_ADD, SET, sum],
};

/** How many calls, each of some milliseconds, of which the best one counts. */
const CALLS = 20;
const ROUNDS = 100_000;

const gigaflops = (run) => {
  const start = performance.now();
  run(ROUNDS, 1e-9);
  const seconds = (performance.now() - start) / 1000;
  return (ROUNDS * UNROLLED * SUMS * LANES * 2) / seconds / 1e9;
};

export async function open() {
  const best = {};
  for (const [kind, step] of Object.entries(KINDS)) {
    const { instance } = await WebAssembly.instantiate(moduleOf(step));
    const { run } = instance.exports;
    // The browser compiles a function anew, and better, once it has been called often.
    for (let call = 0; call < CALLS; call++) {
      run(1000, 1e-9);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    best[kind] = () => Math.max(...Array.from({ length: CALLS }, () => gigaflops(run)));
  }
  return { about: '', ...best };
}
