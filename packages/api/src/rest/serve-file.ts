import type { RequestHandler } from 'express';

/** Serves one file of what was built. `maxAge`: how long others may keep it unasked, such as `1d`. */
export function serveFile(path: string, type: string, maxAge: string | 0): RequestHandler {
  return (_request, response, next) => {
    response.type(type);
    response.sendFile(path, { maxAge, dotfiles: 'allow', acceptRanges: false }, (error) => {
      if (!error || response.headersSent) return;
      // A condition of the request that the file does not meet.
      if ('status' in error && error.status === 412) response.status(412).end();
      else next(error);
    });
  };
}
