import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** The nonce that inline styles and scripts of this answer have to carry. */
export const nonceOf = (response: Response): string => String(response.locals['nonce']);

/**
 * Security headers for everything; the content policy allows our own files, what carries the nonce, and the style sheets
 * with one of these hashes, nothing else.
 */
export function securityHeaders(isHttps: boolean, styleHashes: readonly string[]): RequestHandler[] {
  const prepare: RequestHandler = (_request, response, next) => {
    response.locals['nonce'] = randomBytes(16).toString('base64');
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    next();
  };
  const nonce = (_request: unknown, response: unknown): string => `'nonce-${nonceOf(response as Response)}'`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [`'self'`],
        scriptSrc: [`'self'`, nonce],
        // Style attributes cannot carry a nonce; charts and progress bars set widths by them.
        styleSrcElem: [`'self'`, nonce, ...styleHashes],
        styleSrcAttr: [`'unsafe-inline'`],
        imgSrc: [`'self'`, 'data:'],
        connectSrc: [`'self'`],
        objectSrc: [`'none'`],
        baseUri: [`'none'`],
        formAction: [`'self'`],
        frameAncestors: [`'none'`],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  return [prepare, headers];
}
