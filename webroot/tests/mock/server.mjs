// A stand-in for the gateway, for look-checks only: the contract's paths over made-up state, no behaviour.
// node server.mjs PORT full|empty|failing|loading
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { empty, full, id } from './data.mjs';

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
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const KINDS = {
  vms: 'vm',
  hosts: 'host',
  pools: 'pool',
  volumes: 'volume',
  images: 'image',
  tasks: 'task',
  audit: 'audit',
  networks: 'network',
};

export function startMock(port, mode = 'full') {
  const state = mode === 'empty' ? empty() : full();
  const streams = new Set();
  const control = { loggedIn: true, mustChangePassword: false, refuseCreate: undefined, limited: false };
  const session = () => ({
    userId: id('user admin'),
    userName: 'admin',
    csrfToken: 'token',
    mustChangePassword: control.mustChangePassword,
    expiresAt: new Date(Date.now() + 36e5).toISOString(),
  });
  const json = (res, status, body, headers = {}) => {
    res.writeHead(status, {
      'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
      ...headers,
    });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const problem = (res, status, code, detail, more = {}, headers = {}) =>
    json(res, status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more }, headers);

  const answer = (req, res, path, body) => {
    if (path === '/session') {
      if (req.method === 'POST') {
        if (control.limited) return problem(res, 429, 'LIMITED', 'Too many attempts.', {}, { 'retry-after': '27' });
        const { userName, password } = JSON.parse(body);
        if (userName !== 'admin' || password !== 'admin') return problem(res, 401, 'UNAUTHENTICATED', 'Wrong.');
        control.loggedIn = true;
        return json(res, 201, session());
      }
      if (req.method === 'DELETE') {
        control.loggedIn = false;
        return json(res, 204);
      }
      return control.loggedIn ? json(res, 200, session()) : problem(res, 401, 'UNAUTHENTICATED', 'Log in first.');
    }
    if (mode === 'loading') return undefined;
    if (mode === 'failing')
      return problem(res, 503, 'UNAVAILABLE', 'The service that keeps them does not answer. It may be starting.');
    if (path === '/events') {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(': hello\n\n');
      streams.add(res);
      res.on('close', () => streams.delete(res));
      return undefined;
    }
    const [, plural, itemId, action] = path.split('/');
    const kind = KINDS[plural];
    if (!kind) return problem(res, 404, 'NOT_FOUND', 'There is no such thing.');
    if (req.method === 'GET' && !itemId) return json(res, 200, { items: state[kind] });
    const item = state[kind].find((candidate) => candidate.id === itemId);
    if (req.method === 'GET')
      return item ? json(res, 200, item) : problem(res, 404, 'NOT_FOUND', 'There is no such thing.');
    if (plural === 'vms' && !itemId && control.refuseCreate)
      return problem(res, 422, 'INVALID', 'The VM cannot be created so.', { errors: control.refuseCreate });
    if (action === 'consoles')
      return json(res, 201, { path: '/api/v1/console/none', protocol: 'binary', expiresAt: session().expiresAt });
    if (plural === 'images' && !itemId) return json(res, 201, state.image[0]);
    return json(res, 202, {
      taskId: state.task[0]?.id ?? id('task'),
      targetId: itemId ?? state[kind][0]?.id ?? id('new'),
    });
  };

  const server = createServer(async (req, res) => {
    const path = new URL(req.url, 'http://mock').pathname;
    if (path.startsWith('/api/v1')) {
      const chunks = [];
      for await (const chunk of req) chunks.push(chunk);
      return answer(req, res, path.slice('/api/v1'.length), Buffer.concat(chunks).toString());
    }
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
  });
  const emit = (kind, resource, change = 'changed') => {
    for (const res of streams)
      res.write(`event: ${kind}\ndata: ${JSON.stringify({ kind, id: resource.id, change, resource })}\n\n`);
  };
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () =>
      resolve({
        server,
        state,
        control,
        emit,
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    ),
  );
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const mock = await startMock(Number(process.argv[2] ?? 8081), process.argv[3]);
  console.log(mock.url);
}
