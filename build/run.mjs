// The door for every command of package.json: `node build/run.mjs start|test|build|…`.
// It uses nothing but Node itself, because it runs before anything is installed.
import path from 'node:path';
import { Problem, runMain } from './problem.mjs';
import { nodeTool, python, root } from './processes.mjs';
import { checkPort, portFrom, serveSite, untilInterrupted } from './serve.mjs';
import { setUp } from './setup.mjs';

const buildSite = () => python('build/make_site.py');

/** Formatters, linters and type checkers; all of them run, so that one round shows everything. */
async function check() {
  const codes = [
    await python('-m', 'ruff', 'format', '--check', '.'),
    await python('-m', 'ruff', 'check', '.'),
    await python('-m', 'mypy'),
    await nodeTool('@biomejs/biome/bin/biome', 'ci', '.'),
  ];
  for (const project of ['tsconfig.json', 'build', 'web/service-worker.tsconfig.json']) {
    codes.push(await nodeTool('typescript/bin/tsc', '--project', project));
  }
  return Math.max(...codes);
}

async function format() {
  const codes = [
    await python('-m', 'ruff', 'format', '.'),
    await python('-m', 'ruff', 'check', '--fix', '.'),
    await nodeTool('@biomejs/biome/bin/biome', 'check', '--write', '.'),
  ];
  return Math.max(...codes);
}

/**
 * Every stage runs even when an earlier one failed, but no browser test without a built page.
 *
 * @param {[name: string, stage: () => Promise<number>, needed?: 'needed'][]} stages
 *   after one that is needed and fails nothing more is run
 */
async function runStages(stages) {
  /** @type {string[]} */
  const failed = [];
  for (const [name, stage, needed] of stages) {
    console.log(`\n── ${name}`);
    if ((await stage()) === 0) continue;
    failed.push(name);
    if (needed) break;
  }
  if (failed.length) throw new Problem(`Failed: ${failed.join(', ')}.`);
  return 0;
}

/** @param {string[]} options */
const pytest = (...options) =>
  // Whoever is done takes from the other's share: tests last from a second to a minute.
  python('-m', 'pytest', '--numprocesses', 'auto', '--dist', 'worksteal', ...options);

/** @type {Parameters<typeof runStages>[0]} */
const builtPage = [
  ['build', buildSite, 'needed'],
  ['a browser for the tests', () => python('build/chromium.py'), 'needed'],
];

const test = () =>
  runStages([
    ['checks', check],
    ['unit tests', () => pytest('tests/unit')],
    ...builtPage,
    ['browser tests', () => pytest('tests/browser')],
  ]);

const testLong = () => runStages([...builtPage, ['long tests', () => pytest('-m', 'long')]]);

/** The peers are set up here and nowhere else: no other command needs them. */
async function bench() {
  const { setUpPeers } = await import('../bench/setup.mjs');
  const code = await buildSite();
  if (code !== 0) return code;
  await setUpPeers();
  return python('bench/bench.py', ...process.argv.slice(3));
}

/** @param {number} port */
async function start(port) {
  const code = await buildSite();
  if (code !== 0) return code;
  const server = await serveSite(path.join(root, 'dist'), { port });
  console.log(`\npynn is at ${server.url.replace('127.0.0.1', 'localhost')} (Ctrl-C stops it)`);
  await untilInterrupted(server);
  return 0;
}

/** @type {Record<string, () => Promise<number>>} */
const commands = {
  setup: async () => 0,
  build: buildSite,
  check,
  format,
  test,
  'test:long': testLong,
  bench,
  start: () => start(portFrom(process.env.PORT)),
};

await runMain(async () => {
  const name = process.argv[2];
  if (!Object.hasOwn(commands, name)) {
    throw new Problem(`Usage: node build/run.mjs ${Object.keys(commands).join('|')}`);
  }
  // A port that cannot be had is said at once, not after a minute of building.
  if (name === 'start') await checkPort(portFrom(process.env.PORT));
  await setUp();
  return commands[name]();
});
