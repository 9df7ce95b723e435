import type { Request } from 'express';

/**
 * Whether a page of another site made the browser send this. Browsers say it themselves (Sec-Fetch-Site, and Origin
 * on every POST); programs say neither and are let through: they have no cookie but their own.
 */
export function isCrossSite(request: Request, appOrigin: string | null): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = request.headers;
  if (origin === undefined || origin === appOrigin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
}
