import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { Router } from 'express';
import { nonceOf } from './security-headers.js';

const PLACEHOLDER = /__CSP_NONCE__/g;

/** A missing file is missing: a page in its place would be read as a script. Other dots are names, such as domains. */
const FILE = /^\/assets\/|\.(css|ico|js|json|map|mjs|png|svg|txt|webmanifest|woff2?|xml)$/;

/**
 * Serves the built web app: hashed assets for a year, and the page for every other address, so that deep links work
 * on reload. The page is made per response, because it carries the response's nonce.
 */
export async function createWebApp(distDir: string): Promise<Router> {
  const page = await readFile(path.join(distDir, 'index.html'), 'utf8');
  const routes = Router();
  routes.use(
    '/assets',
    express.static(path.join(distDir, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  routes.use(express.static(distDir, { index: false, redirect: false, maxAge: '1h' }));
  routes.get(/.*/, (request, response, next) => {
    if (FILE.test(request.path) || !request.accepts('html')) {
      next();
      return;
    }
    response
      .set('cache-control', 'no-store')
      .type('html')
      .send(page.replace(PLACEHOLDER, nonceOf(response)));
  });
  return routes;
}
