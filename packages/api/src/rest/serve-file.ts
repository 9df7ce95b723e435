import type { RequestHandler } from 'express';

/** Serves one file of what was built. `maxAge`: how long others may keep it unasked, such as `1d`. */
export function serveFile(path: string, type: string, maxAge: string | 0): RequestHandler {
  return (_request, response, next) => {
    response.type(type);
    response.sendFile(path, { maxAge, dotfiles: 'allow' }, (error) => {
      if (error && !response.headersSent) next(error);
    });
  };
}
