// A static file server for the built page: what `npm start` and the browser tests use.
//   node build/serve.mjs FOLDER [--port N] [--prefix /some/sub-path/]
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { acceptsGzip, gzipped, isCompressible } from './compressed.mjs';
import { Problem, runMain } from './problem.mjs';

const HOST = '127.0.0.1';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.zip': 'application/zip',
};

/**
 * The file that a request means, or null when it lies outside the prefix or the folder.
 * @param {string} folder
 * @param {string} prefix
 * @param {string} url
 */
function fileFor(folder, prefix, url) {
  let name;
  try {
    name = decodeURIComponent(url.split('?')[0]);
  } catch {
    return null;
  }
  if (`${name}/` === prefix) return folder;
  if (!name.startsWith(prefix) || name.includes('\0')) return null;
  const file = path.join(folder, name.slice(prefix.length));
  return file === folder || file.startsWith(folder + path.sep) ? file : null;
}

/**
 * @param {string} folder
 * @param {string} prefix
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 */
async function answer(folder, prefix, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  }
  const url = request.url ?? '/';
  let file = fileFor(folder, prefix, url);
  let info = file ? await stat(file).catch(() => null) : null;
  if (file && info?.isDirectory()) {
    // Relative links only work below a slash, so a folder's address has to end in one.
    if (!url.split('?')[0].endsWith('/')) {
      return response
        .writeHead(302, { Location: `${path.posix.basename(url.split('?')[0])}/` })
        .end();
    }
    file = path.join(file, 'index.html');
    info = await stat(file).catch(() => null);
  }
  if (!file || !info?.isFile()) {
    return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
  }
  const etag = `${info.size.toString(16)}-${Math.trunc(info.mtimeMs).toString(16)}`;
  const compressible = isCompressible(file);
  const packed = compressible && acceptsGzip(request.headers['accept-encoding']);
  const headers = {
    'Cache-Control': 'no-cache',
    'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    ETag: packed ? `"${etag}-gzip"` : `"${etag}"`,
    'Last-Modified': info.mtime.toUTCString(),
    'X-Content-Type-Options': 'nosniff',
    ...(compressible && { Vary: 'Accept-Encoding' }),
    ...(packed && { 'Content-Encoding': 'gzip' }),
  };
  if (request.headers['if-none-match'] === headers.ETag) {
    return response.writeHead(304, headers).end();
  }
  const body = packed ? await gzipped(file, etag) : null;
  response.writeHead(200, { ...headers, 'Content-Length': body?.length ?? info.size });
  if (request.method === 'HEAD') return response.end();
  if (body) return response.end(body);
  // A browser may leave in the middle of a file; that is its right and no error of ours.
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}

/**
 * @param {number} port
 * @returns {(error: NodeJS.ErrnoException) => Problem | Error}
 */
const explainListenError = (port) => (error) => {
  if (error.code === 'EADDRINUSE') {
    return new Problem(
      `Port ${port} is in use: end the program that uses it, or choose another one, ` +
        `for example \`PORT=${port < 65535 ? port + 1 : 8000} npm start\`.`,
    );
  }
  if (error.code === 'EACCES') {
    return new Problem(`Port ${port} may not be used by this account: choose one above 1023.`);
  }
  return error;
};

/**
 * @param {http.Server} server
 * @param {number} port
 * @returns {Promise<void>}
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(port)(error)));
    server.listen(port, HOST, resolve);
  });
}

/**
 * The port that the environment asks for.
 * @param {string | undefined} text
 */
export function portFrom(text) {
  if (text === undefined || text === '') return 8000;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Problem(`PORT must be a whole number from 1 to 65535, got ${JSON.stringify(text)}.`);
  }
  return port;
}

/**
 * Fails when nobody could listen on the port now.
 * @param {number} port
 */
export async function checkPort(port) {
  const server = http.createServer();
  await listen(server, port);
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Serves a folder on this machine only.
 * @param {string} folder
 * @param {{port?: number, prefix?: string}} [options] port 0: any free one
 * @returns {Promise<{url: string, close: () => void}>}
 */
export async function serveSite(folder, { port = 0, prefix = '/' } = {}) {
  const server = http.createServer((request, response) => {
    answer(path.resolve(folder), prefix, request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  await listen(server, port);
  const { port: actual } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${HOST}:${actual}${prefix}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Waits for Ctrl-C (or a polite request to end), then closes the server.
 * @param {{close: () => void}} server
 * @returns {Promise<void>}
 */
export function untilInterrupted(server) {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => {
        server.close();
        resolve();
      });
    }
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runMain(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string' }, prefix: { type: 'string', default: '/' } },
    });
    if (positionals.length !== 1) throw new Problem('Usage: node build/serve.mjs FOLDER');
    const port = values.port === undefined ? 0 : portFrom(values.port);
    const server = await serveSite(positionals[0], { port, prefix: values.prefix });
    console.log(server.url);
    await untilInterrupted(server);
    return 0;
  });
}
