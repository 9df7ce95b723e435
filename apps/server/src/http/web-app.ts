import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router } from 'express';
import { nonceOf } from './security-headers.js';

/**
 * The built app: hashed assets that never change, and index.html for every other address, so that deep links work on
 * reload. The page carries the nonce of its own answer and is never cached.
 */
export async function createWebApp(distDir: string): Promise<Router> {
  const page = await readFile(join(distDir, 'index.html'), 'utf8');
  const router = Router();
  router.use('/assets', express.static(join(distDir, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: true, redirect: false }));
  router.use(express.static(distDir, { index: false, maxAge: '1h', redirect: false }));
  router.get('/{*path}', (request, response, next) => {
    // A missing file is missing, and no page.
    if (request.path.startsWith('/assets/')) return next();
    response.setHeader('cache-control', 'no-store');
    response.type('html').send(page.replaceAll('__CSP_NONCE__', nonceOf(response)));
  });
  return router;
}
