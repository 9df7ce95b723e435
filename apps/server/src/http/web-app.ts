import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { Router } from 'express';
import { nonceOf } from './security-headers.js';

const PAGE = 'index.html';
const PLACEHOLDER = /__CSP_NONCE__/g;

/** A missing file is missing: a page in its place would be read as a script. Other dots are names, such as domains. */
const FILE = /^\/assets\/|\.(css|ico|js|json|map|mjs|png|svg|txt|webmanifest|woff2?|xml)$/;

/**
 * Serves the built web app: hashed assets for a year, and the page for every other address, so that deep links work
 * on reload. The page is made per response, because it carries the response's nonce.
 */
export async function createWebApp(distDir: string): Promise<Router> {
  const page = await readFile(path.join(distDir, PAGE), 'utf8');
  const routes = Router();
  const serve = (folder: string, cacheControl: string) =>
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response) => void response.setHeader('cache-control', cacheControl),
    });
  routes.use('/assets', serve(path.join(distDir, 'assets'), 'public, max-age=31536000, immutable'));
  // By their names alone: the page's own file, however its address is written, would be served with its placeholder.
  const names = new Set(await readdir(distDir));
  names.delete(PAGE);
  const serveFile = serve(distDir, 'public, max-age=3600');
  routes.use((request, response, next) => {
    if (names.has(request.path.slice(1))) return serveFile(request, response, next);
    next();
  });
  routes.get(`/${PAGE}`, (_request, response) => response.redirect(308, '/'));
  routes.get(/.*/, (request, response, next) => {
    if (FILE.test(request.path) || !request.accepts('html')) {
      next();
      return;
    }
    response.type('html').send(page.replace(PLACEHOLDER, nonceOf(response)));
  });
  return routes;
}
