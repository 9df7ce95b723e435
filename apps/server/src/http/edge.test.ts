import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { METRICS_TOKEN, serveApp, type ServedApp } from '../testing/serve-app.js';

let app: ServedApp | undefined;
afterEach(() => app?.close());

describe('X-Forwarded-For', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['"[2001:db8::7]:443"', '2001:db8::7'],
    ['2001:db8::7', '2001:db8::7'],
    ['198.51.100.1, 203.0.113.7:1', '203.0.113.7'],
    ['198.51.100.1, unknown', '127.0.0.1'],
    ['198.51.100.1, 203.0.113.7:', '127.0.0.1'],
    ['198.51.100.1, 999.0.0.1:80', '127.0.0.1'],
    ['198.51.100.1, [203.0.113.7]:80', '127.0.0.1'],
    [', ,', '127.0.0.1'],
  ])('of one trusted proxy, %j is the client %s', async (header, address) => {
    app = await serveApp({ trustProxy: 1 });
    expect((await app.get('/api/address', { 'x-forwarded-for': header })).body).toBe(address);
  });

  it('is not believed past an entry that is no address, where proxies are trusted by address', async () => {
    app = await serveApp({ trustProxy: ['loopback', '10.0.0.0/8'] });
    const clientOf = async (header: string) =>
      (await app?.get('/api/address', { 'x-forwarded-for': header }))?.body;
    expect(await clientOf('198.51.100.1, 203.0.113.7:80, 10.1.2.3:8080')).toBe('203.0.113.7');
    expect(await clientOf('198.51.100.1, _hidden, 10.1.2.3')).toBe('10.1.2.3');
  });

  it('counts for nothing without a trusted proxy', async () => {
    app = await serveApp();
    expect((await app.get('/api/address', { 'x-forwarded-for': '203.0.113.7' })).body).toBe('127.0.0.1');
  });
});

describe('Host', () => {
  const config = {
    appUrl: 'https://app.example:8443',
    host: '192.0.2.5',
    allowedHosts: ['gangway.internal'],
  };

  it.each([
    'localhost',
    'LOCALHOST:9999',
    'acme.localhost',
    '127.0.0.1:1',
    '127.9.9.9',
    '[::1]:80',
    'app.example',
    'App.Example.:8443',
    '192.0.2.5:3000',
    'gangway.internal',
  ])('%s is this server', async (host) => {
    app = await serveApp(config);
    for (const path of ['/', '/api/address', '/metrics', '/trpc/x'])
      expect((await app.get(path, { host })).status).toBe(200);
  });

  it.each([
    'rebound.test',
    'rebound.test:3000',
    'localhost.rebound.test',
    'app.example.rebound.test',
    'x@localhost',
    'localhost/',
    '192.0.2.6',
    '0.0.0.0',
    '[::]',
  ])('%j is another, and learns nothing', async (host) => {
    app = await serveApp(config);
    const api = await app.get('/api/address', { host });
    expect(api.status).toBe(421);
    expect(JSON.parse(api.body)).toMatchObject({ status: 421, reason_code: 'request.unknown_host' });
    const call = await app.get('/trpc/auth.me', { host });
    expect(call.status).toBe(421);
    expect(JSON.parse(call.body)).toMatchObject({
      error: { data: { httpStatus: 421, reasonCode: 'request.unknown_host' } },
    });
    expect((await app.get('/', { host })).status).toBe(421);
    expect((await app.get('/metrics', { host })).status).toBe(404);
  });

  it('is no name where a request names two', async () => {
    app = await serveApp(config);
    for (const [first, second] of [
      ['localhost', 'rebound.test'],
      ['localhost', 'localhost'],
    ]) {
      const client = connect(app.port, '127.0.0.1');
      client.write(`GET / HTTP/1.1\r\nhost: ${first}\r\nhost: ${second}\r\nconnection: close\r\n\r\n`);
      expect(await text(client)).toMatch(/^HTTP\/1\.1 421 /);
    }
  });

  it('does not matter to probes, nor to the token of /metrics', async () => {
    app = await serveApp(config);
    const host = '10.42.0.17:3000';
    expect((await app.get('/livez', { host })).status).toBe(200);
    expect((await app.get('/readyz', { host })).status).toBe(200);
    const authorization = `Bearer ${METRICS_TOKEN}`;
    expect((await app.get('/metrics', { host, authorization })).status).toBe(200);
  });

  it('of a wildcard that the server listens on is no name', async () => {
    app = await serveApp({ host: '0.0.0.0' });
    expect((await app.get('/', { host: '0.0.0.0' })).status).toBe(421);
  });
});

describe('Cache-Control', () => {
  it('keeps everything out of caches but what is the same for everybody', async () => {
    app = await serveApp();
    const of = async (path: string) => (await app?.get(path))?.headers['cache-control'];
    for (const path of ['/', '/api/address', '/api/none', '/metrics', '/trpc/x', '/assets/old.js', '/livez'])
      expect([path, await of(path)]).toEqual([path, 'no-store']);
    expect(await of('/assets/main-abc123.js')).toBe('public, max-age=31536000, immutable');
    expect(await of('/logo(1).svg')).toBe('public, max-age=3600');
  });
});

describe('the page', () => {
  it.each(['/index.html', '/index.html?next=1'])('%s leads to /', async (path) => {
    app = await serveApp();
    const answer = await app.get(path);
    expect([answer.status, answer.headers.location]).toEqual([308, '/']);
  });

  it.each([
    '/%69ndex.html',
    '/./index.html',
    '//index.html',
    '/assets/../index.html',
    '/assets/%2e%2e/index.html',
  ])('%s never shows the placeholder', async (path) => {
    app = await serveApp();
    expect((await app.get(path)).body).not.toContain('__CSP_NONCE__');
  });
});

describe('X-Request-Id', () => {
  const given = 'chosen-by-the-client';

  it('of a client is logged beside the id of the request', async () => {
    const lines: string[] = [];
    app = await serveApp({}, pino({}, { write: (line) => void lines.push(line) }));
    const id = (await app.get('/api/address', { 'x-request-id': given })).headers['x-request-id'];
    expect(id).toMatch(/^[\da-f-]{36}$/);
    const [line] = lines.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(line).toMatchObject({ requestId: id, clientRequestId: given });
    lines.length = 0;
    await app.get('/api/address', { 'x-request-id': '<script>alert(1)</script>' });
    expect(lines.join()).not.toContain('script');
  });

  it('of a trusted proxy is the id of the request, if it is plain', async () => {
    app = await serveApp({ trustProxy: 1 });
    const idFor = async (id: string) =>
      (await app?.get('/api/address', { 'x-request-id': id }))?.headers['x-request-id'];
    expect(await idFor(given)).toBe(given);
    expect(await idFor('two words')).toMatch(/^[\da-f-]{36}$/);
  });

  it('of a proxy at another address is that of a client', async () => {
    app = await serveApp({ trustProxy: ['192.0.2.1'] });
    const { headers } = await app.get('/api/address', { 'x-request-id': given });
    expect(headers['x-request-id']).not.toBe(given);
  });
});
