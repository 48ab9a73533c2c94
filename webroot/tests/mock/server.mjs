// A stand-in for the gateway, to look at pages without an installation: the contract over made-up state.
// node server.mjs PORT full|empty|crowd|long|templates|failing|broken|gone|loading|slow [out]; the user is admin, so is the password
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { makeApi, problem } from './api.mjs';
import { cutText, serveSerial, serveVnc } from './consoles.mjs';
import { makeLife } from './life.mjs';
import { acceptWebSocket } from './webSocket.mjs';
import { templates } from './templatesWorld.mjs';
import { crowd, empty, full, long } from './worlds.mjs';

const DIST = new URL('../../dist/', import.meta.url).pathname;
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STATES = { empty, crowd, long, templates };
const SLOW_MS = 1500;

/** How each mode spoils an answer; undefined lets it through. */
const SPOILT = {
  failing: () => problem(503, 'UNAVAILABLE', 'The service that keeps them does not answer. It may be starting.'),
  broken: () => problem(500, 'INTERNAL', 'The server made a mistake. Its log says more.'),
};

async function sendFile(path, res) {
  const file = extname(path) ? normalize(path) : '/index.html';
  try {
    const bytes = await readFile(join(DIST, file));
    res.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': CSP,
    });
    res.end(bytes);
  } catch {
    res.writeHead(404).end();
  }
}

function send(res, { status, body, bytes, headers }) {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  res.writeHead(status, { 'content-type': type, ...headers });
  res.end(bytes ?? (body === undefined ? undefined : JSON.stringify(body)));
}

export function startMock(port, mode = 'full') {
  const state = (STATES[mode] ?? full)();
  const streams = new Set();
  // The session of the browser: its cookie, which all tabs have.
  const session = {
    loggedIn: true,
    userName: 'admin',
    csrfToken: 'token',
    password: 'admin',
    mustChangePassword: false,
  };
  const control = { mode, ...session };
  const emit = (kind, resource, change = 'changed') => {
    const data = { kind, id: resource.id, change, ...(change === 'deleted' ? {} : { resource }) };
    for (const res of streams) res.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  /** What the page asked of the API, the oldest first. */
  const asked = [];
  /** The keys that were pressed on screens. */
  const pressed = [];
  const answer = makeApi(state, control, makeLife(state, emit, control));

  const openStream = (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(': hello\n\n');
    streams.add(res);
    res.on('close', () => streams.delete(res));
  };

  const onApi = async (req, res, url) => {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    const path = url.pathname.slice('/api/v1'.length);
    const bytes = Buffer.concat(chunks);
    const isJson = req.headers['content-type']?.includes('json') && bytes.length > 0;
    const asJson = isJson ? JSON.parse(bytes.toString()) : {};
    const { method, headers } = req;
    const sent = { key: headers['idempotency-key'], csrfToken: headers['x-csrf-token'], range: headers.range };
    const part = {
      offset: headers['upload-offset'],
      announced: headers['upload-length'],
      version: headers['if-match'],
    };
    const request = { method, path, query: url.searchParams, body: asJson, length: bytes.length, ...sent, ...part };
    asked.push(request);
    // Lets a test hold an upload up for as long as it likes.
    if (path.endsWith('/content') && ['PUT', 'PATCH'].includes(method)) await control.uploading?.(request);
    // Lets a look-check see what is shown before the answer.
    await control.slowly?.(request);
    const refusal = control.refuse?.(request);
    if (refusal) {
      send(res, refusal);
      return;
    }
    if (!path.startsWith('/session')) {
      if (control.mode === 'loading') return;
      if (control.mode === 'gone') return req.socket.destroy();
      const spoilt = SPOILT[control.mode]?.();
      if (spoilt) {
        send(res, spoilt);
        return;
      }
    }
    // A stream that gets no answer at all.
    if (path === '/events' && control.heldStreams-- > 0) return;
    if (path === '/events' && control.loggedIn && !control.noStream) {
      openStream(res);
      return;
    }
    const reply = () => {
      const answered = answer(method, path, url.searchParams, asJson, request);
      // What was asked is done, but nobody learns of it.
      if (answered.broken || control.loseAnswer?.(request)) req.socket.destroy();
      else send(res, answered);
    };
    if (control.mode === 'slow') setTimeout(reply, SLOW_MS);
    else reply();
  };

  /** A browser that breaks an upload off is no mistake. */
  const answerUnlessGone = async (req, res, url) => {
    try {
      await onApi(req, res, url);
    } catch (error) {
      if (error.code !== 'ECONNRESET') throw error;
    }
  };

  const server = createServer((req, res) => {
    const url = new URL(req.url, 'http://mock');
    void (url.pathname.startsWith('/api/v1') ? answerUnlessGone(req, res, url) : sendFile(url.pathname, res));
  });
  const consoles = new Set();
  const screens = new Set();
  const pasted = [];
  server.on('upgrade', (req, socket) => {
    consoles.add(socket);
    socket.on('close', () => consoles.delete(socket));
    const vnc = (peer) => {
      screens.add(peer);
      socket.on('close', () => screens.delete(peer));
      return serveVnc(
        peer,
        (keysym) => pressed.push(keysym),
        (text) => pasted.push(text),
      );
    };
    acceptWebSocket(req, socket, req.url.endsWith('/vnc') ? vnc : serveSerial);
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  /** Breaks the connections of all consoles, as a network does. */
  const cutConsoles = () => consoles.forEach((socket) => socket.destroy());
  /** Copies a text in all guests. */
  const copyInGuests = (text) => screens.forEach(({ send }) => send(cutText(text)));
  /** Ends the event streams, as the server does when a session is over. */
  const endStreams = () => streams.forEach((res) => res.destroy());
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${server.address().port}`;
      resolve({
        server,
        state,
        control,
        asked,
        pressed,
        pasted,
        copyInGuests,
        emit,
        cutConsoles,
        endStreams,
        countStreams: () => streams.size,
        url,
        close,
      });
    }),
  );
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const mock = await startMock(Number(process.argv[2] ?? 8081), process.argv[3]);
  mock.control.loggedIn = process.argv[4] !== 'out';
  console.log(mock.url);
}
