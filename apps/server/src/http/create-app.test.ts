import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { initTRPC } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../log.js';
import { createApp } from './create-app.js';
import { createHealthRoutes } from './health.js';
import { listen, type HttpServer } from './listen.js';
import { createMetrics } from './metrics.js';
import { OpenResponses } from './open-responses.js';
import { createWebApp } from './web-app.js';

let server: HttpServer;
let base: string;
let distDir: string;
let isBroken = false;
let calls = 0;

beforeAll(async () => {
  distDir = await mkdtemp(path.join(tmpdir(), 'gangway-web-'));
  await mkdir(path.join(distDir, 'assets'));
  await writeFile(path.join(distDir, 'index.html'), '<script nonce="__CSP_NONCE__"></script>');
  await writeFile(path.join(distDir, 'assets/main-abc123.js'), 'export {};');
  const t = initTRPC.create({ isDev: false });
  const router = t.router({
    echo: t.procedure.input((value) => value).mutation(({ input }) => ({ input, calls: ++calls })),
    ping: t.procedure.query(() => 'pong'),
  });
  const routes = Router();
  routes.get('/api/things/:id', (request, response) => void response.send(request.params.id));
  routes.get('/api/throws', () => {
    throw new Error('canary: an internal message');
  });
  const openResponses = new OpenResponses();
  server = await listen('127.0.0.1', 0, openResponses);
  base = `http://127.0.0.1:${server.port}`;
  server.serve(
    createApp({
      config: {
        appUrl: 'https://app.example',
        host: '127.0.0.1',
        allowedHosts: [],
        trustProxy: false,
        demo: false,
      },
      log: createLogger('silent'),
      metrics: createMetrics('a-long-enough-token'),
      openResponses,
      health: createHealthRoutes(
        [
          {
            name: 'database',
            run: () => (isBroken ? Promise.reject(new Error('canary host')) : Promise.resolve('answers')),
          },
        ],
        () => false,
      ),
      trpc: createExpressMiddleware({ router }),
      routes: [routes],
      webApp: await createWebApp(distDir),
    }),
  );
});
afterAll(async () => {
  await server.close(100);
  await rm(distDir, { recursive: true });
});

const json = { 'content-type': 'application/json' };
const post = (
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = json,
  where = '/trpc/echo',
) => fetch(base + where, { method: 'POST', headers, body });

describe('in front of /trpc', () => {
  const big = JSON.stringify({ text: 'x'.repeat(1_100_000) });
  it.each([
    [
      'a form post',
      () => post('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'request.unsupported_media_type',
    ],
    ['text/plain', () => post('{}', { 'content-type': 'text/plain' }), 415, 'request.unsupported_media_type'],
    ['multipart', () => post(new FormData(), {}), 415, 'request.unsupported_media_type'],
    [
      'a charset nobody uses',
      () => post('{}', { 'content-type': 'application/json; charset=utf-7' }),
      415,
      'request.unsupported_media_type',
    ],
    ['malformed JSON', () => post('{"a":'), 400, 'request.unparsable'],
    ['a bare word', () => post('null'), 400, 'request.unparsable'],
    ['a body over 1 MB', () => post(big), 413, 'request.too_large'],
    ['a bomb', () => post(gzipSync(big), { ...json, 'content-encoding': 'gzip' }), 413, 'request.too_large'],
    [
      'eleven calls at once',
      () => post('{}', json, `/trpc/${Array(11).fill('echo').join(',')}?batch=1`),
      400,
      'request.too_large',
    ],
    [
      'the same, escaped',
      () => post('{}', json, `/trpc/${Array(11).fill('echo').join('%2C')}?batch=1`),
      400,
      'request.too_large',
    ],
    [
      'another origin',
      () => post('{}', { ...json, origin: 'https://evil.example' }),
      403,
      'request.cross_site',
    ],
    ['an opaque origin', () => post('{}', { ...json, origin: 'null' }), 403, 'request.cross_site'],
    [
      'what the browser calls cross-site',
      () => post('{}', { ...json, 'sec-fetch-site': 'cross-site' }),
      403,
      'request.cross_site',
    ],
    [
      'what the browser calls same-site',
      () => post('{}', { ...json, 'sec-fetch-site': 'same-site' }),
      403,
      'request.cross_site',
    ],
    ['PUT', () => fetch(`${base}/trpc/echo`, { method: 'PUT' }), 405, 'request.method_not_allowed'],
  ])('refuses %s', async (_what, send, status, reasonCode) => {
    const before = calls;
    const response = await send();
    const body = (await response.json()) as { error: { code: number; data: Record<string, unknown> } };
    expect(response.status).toBe(status);
    expect(body.error.data).toMatchObject({ httpStatus: status, reasonCode });
    expect(body.error.data['requestId']).toBe(response.headers.get('x-request-id'));
    expect(body.error.code).toBeLessThan(0);
    expect(calls).toBe(before);
  });

  it('lets our own pages and programs through', async () => {
    const own = [
      json,
      { ...json, origin: base },
      { ...json, origin: 'https://app.example', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of own) expect((await post('{"a":1}', headers)).status).toBe(200);
    expect((await post('{"0":{},"1":{}}', json, '/trpc/echo,echo?batch=1')).status).toBe(200);
  });
});

describe('everything else', () => {
  it('answers unknown addresses under /api as problem+json', async () => {
    const response = await fetch(`${base}/api/nothing`);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, reason_code: 'request.not_found' });
  });

  it('tells nothing of an error that nobody expected', async () => {
    const response = await fetch(`${base}/api/throws`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/canary|\.ts:|at /);
  });

  it('serves the page on every deep link, with a new nonce each time', async () => {
    const [first, second] = await Promise.all([
      fetch(`${base}/w/acme/tenants`),
      fetch(`${base}/w/acme/tenants`),
    ]);
    const page = await first.text();
    const nonce = /nonce="(.+?)"/.exec(page)?.[1] ?? '';
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(await second.text()).not.toBe(page);
  });

  it('serves hashed assets for a year, and no page in the place of a missing one', async () => {
    const asset = await fetch(`${base}/assets/main-abc123.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${base}/assets/main-old.js`)).status).toBe(404);
    expect((await fetch(`${base}/favicon.ico`)).status).toBe(404);
    expect((await fetch(`${base}/w/acme/tenants/contoso.example`)).status).toBe(200);
  });

  it('survives an address that cannot be decoded', async () => {
    const status = await new Promise((resolve) => {
      httpRequest({ host: '127.0.0.1', port: server.port, path: '/api/things/%E0%A4%A' }, (response) =>
        resolve(response.statusCode),
      ).end();
    });
    expect(status).toBe(400);
  });
});

describe('for machines', () => {
  it('names each check with its state, and no cause', async () => {
    const ready = await fetch(`${base}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready',
      checks: { database: { state: 'ok', detail: 'answers' } },
    });
    isBroken = true;
    const broken = await fetch(`${base}/readyz`);
    expect(broken.status).toBe(503);
    expect(await broken.json()).toEqual({
      status: 'not_ready',
      checks: { database: { state: 'failed', detail: 'unavailable' } },
    });
    isBroken = false;
  });

  it('gives metrics to this machine and to the token, and hides them from what came through a proxy', async () => {
    const proxied = { 'x-forwarded-for': '203.0.113.9' };
    expect((await fetch(`${base}/metrics`)).status).toBe(200);
    expect((await fetch(`${base}/metrics`, { headers: proxied })).status).toBe(404);
    const granted = await fetch(`${base}/metrics`, {
      headers: { ...proxied, authorization: 'Bearer a-long-enough-token' },
    });
    expect(await granted.text()).toContain('gangway_http_request_duration_seconds_bucket');
  });

  it('measures requests by route, and makes no label of what strangers ask for', async () => {
    await fetch(`${base}/livez`);
    await fetch(`${base}/api/made-up/by-a-stranger`);
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toContain(
      'gangway_http_request_duration_seconds_count{method="GET",route="/livez",status="200"}',
    );
    expect(text).toContain(
      'gangway_http_request_duration_seconds_count{method="GET",route="/api",status="404"}',
    );
    expect(text).not.toContain('stranger');
  });
});
