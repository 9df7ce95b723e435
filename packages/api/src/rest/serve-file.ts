import type { RequestHandler } from 'express';

/** Serves one file of what was built, the same for everybody. `maxAgeSeconds`: how long a cache may use it without asking. */
export function serveFile(path: string, type: string, maxAgeSeconds: number): RequestHandler {
  return (_request, response, next) => {
    response.type(type).setHeader('cache-control', `public, max-age=${maxAgeSeconds}`);
    response.sendFile(path, { cacheControl: false, dotfiles: 'allow', acceptRanges: false }, (error) => {
      if (!error || response.headersSent) return;
      // A condition of the request that the file does not meet.
      if ('status' in error && error.status === 412) response.status(412).end();
      else next(error);
    });
  };
}
