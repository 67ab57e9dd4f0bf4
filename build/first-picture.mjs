// Puts the page's first picture into index.html: what the app draws before Python is there, in each
// language, as the app itself draws it. On a slow line it stands there long before the scripts.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { standIn } from './document-as-text.mjs';
import { Problem } from './problem.mjs';

const WEB = fileURLToPath(new URL('../web/', import.meta.url));
const LIT = fileURLToPath(new URL('lit-as-text.mjs', import.meta.url));
const LANGUAGES = ['en', 'zh-CN'];
const VIEWS = ['playground', 'digits', 'recipes', 'lessons', 'lab'];
const PLACE = '<!-- the first picture -->';
const WORKER = '/* the worker */';
const POLICY = "script-src 'self'";

/** @returns {import('vite').Plugin} */
export function firstPicture() {
  return {
    name: 'first-picture',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(page, { bundle }) {
        for (const mark of [PLACE, POLICY]) {
          if (page.split(mark).length !== 2) {
            throw new Problem(`web/index.html must hold the text \`${mark}\` once.`);
          }
        }
        const pictures = await drawPictures();
        const filled = page.replace(PLACE, () => pictures.join('\n    '));
        return withInlineScripts(filled, workerIn(Object.keys(bundle ?? {})));
      },
    },
  };
}

/**
 * Of the other views the first picture has the tab and no more: they draw before they are asked.
 *
 * @type {import('vite').Plugin}
 */
const frameOnly = {
  name: 'frame-only',
  load(id) {
    const [, name] = /views\/(digits|recipes|lessons|lab)\/\1\.js$/.exec(id) ?? [];
    if (!name) return null;
    const view = `{ element: '', open() {}, query: () => new URLSearchParams() }`;
    return `export const create${name[0].toUpperCase()}${name.slice(1)}View = () => (${view});`;
  },
};

/** A template for each language and view. */
async function drawPictures() {
  const server = await createServer({
    root: WEB,
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    plugins: [frameOnly],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: [{ find: /^lit(\/.*)?$/, replacement: LIT }] },
  });
  try {
    /** @type {string[]} */
    const pictures = [];
    standIn(LANGUAGES[0], '');
    const { startApp } = await server.ssrLoadModule('/page/app.js');
    for (const lang of LANGUAGES) {
      for (const view of VIEWS) {
        const root = standIn(lang, `#/${view}`);
        startApp(root, waitingEngine());
        // Names for the tests are for what works.
        const text = root.innerHTML.replace(/ data-testid="[^"]*"/g, '').replace(/\s+/g, ' ');
        pictures.push(`<template data-lang="${lang}" data-view="${view}">${text}</template>`);
      }
    }
    return pictures;
  } finally {
    await server.close();
  }
}

/** Before the first news of Python. */
function waitingEngine() {
  const never = new Promise(() => {});
  return {
    state: { state: 'booting', progress: new Map(), slow: false },
    ready: never,
    call: () => never,
    onEnd() {},
    onData() {},
    watch() {},
  };
}

/** @param {string[]} names  of what Vite has made */
function workerIn(names) {
  const found = names.filter((name) => /^assets\/worker-[^/]*\.js$/.test(name));
  if (found.length !== 1) throw new Problem(`The page must have one worker, found ${found}.`);
  return `./${found[0]}`;
}

/**
 * Scripts that must run before the first paint come with the page, because each would hold it back
 * for a whole round trip, and the page's policy names their hashes.
 *
 * @param {string} page
 * @param {string} worker  its script's place
 */
async function withInlineScripts(page, worker) {
  let result = page;
  const hashes = [];
  for (const [tag, name] of page.matchAll(/<script [^>]*?data-inline="([^"]+)"[^>]*><\/script>/g)) {
    const script = (await readFile(WEB + name, 'utf-8')).replace(WORKER, () => worker);
    hashes.push(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    result = result.replace(tag, () => `<script>${script}</script>`);
  }
  return result.replace(POLICY, [POLICY, ...hashes].join(' '));
}
