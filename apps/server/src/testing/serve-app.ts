import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Router } from 'express';
import { createApp, type AppParts } from '../http/create-app.js';
import { createHealthRoutes } from '../http/health.js';
import { listen } from '../http/listen.js';
import { createMetrics } from '../http/metrics.js';
import { OpenResponses } from '../http/open-responses.js';
import { createWebApp } from '../http/web-app.js';
import { createLogger, type Logger } from '../log.js';

export const METRICS_TOKEN = 'a-long-enough-token';

export interface ServedApp {
  readonly port: number;
  /** One GET with exactly these headers; `host` too, which `fetch` does not let anybody choose. */
  readonly get: (
    where: string,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>;
  readonly close: () => Promise<void>;
}

/** What is in front of the product, over real HTTP; behind it one route, `/api/address`, says whom a request comes from. */
export async function serveApp(
  config: Partial<AppParts['config']> = {},
  log: Logger = createLogger('silent'),
): Promise<ServedApp> {
  const distDir = await mkdtemp(path.join(tmpdir(), 'gangway-web-'));
  await mkdir(path.join(distDir, 'assets'));
  await writeFile(path.join(distDir, 'index.html'), '<script nonce="__CSP_NONCE__"></script>');
  await writeFile(path.join(distDir, 'logo(1).svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(distDir, 'assets/main-abc123.js'), 'export {};');
  const routes = Router();
  routes.get('/api/address', (request, response) => void response.send(request.ip));
  const openResponses = new OpenResponses();
  const server = await listen('127.0.0.1', 0, openResponses);
  const defaults: AppParts['config'] = {
    appUrl: null,
    host: '127.0.0.1',
    allowedHosts: [],
    trustProxy: false,
    demo: false,
  };
  server.serve(
    createApp({
      config: { ...defaults, ...config },
      log,
      metrics: createMetrics(METRICS_TOKEN),
      openResponses,
      health: createHealthRoutes([], () => false),
      trpc: (_request, response) => void response.json({}),
      routes: [routes],
      webApp: await createWebApp(distDir),
    }),
  );
  const { port } = server;
  return {
    port,
    get: (where, headers = {}) =>
      new Promise((resolve, reject) => {
        const sent = httpRequest({ host: '127.0.0.1', port, path: where, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        });
        sent.on('error', reject);
        sent.end();
      }),
    async close() {
      await server.close(100);
      await rm(distDir, { recursive: true });
    },
  };
}
