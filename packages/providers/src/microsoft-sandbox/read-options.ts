import type { Request } from 'express';
import type { GraphRoute } from './graph-routes.js';

const MAX_TOP = 999;
const DEFAULT_TOP = 100;

export interface Options {
  readonly select: readonly string[];
  readonly top: number;
  readonly offset: number;
  /** An empty page comes first, as Graph's sometimes do. */
  readonly isBlank: boolean;
  readonly wantsCount: boolean;
  /** As they came, to be repeated in the next link. */
  readonly raw: Readonly<Record<string, string>>;
}

export type Refused = { readonly refusal: { readonly code: string; readonly message: string } };

const refuse = (message: string): Refused => ({ refusal: { code: 'Request_UnsupportedQuery', message } });

/** The query options of a request, or why Graph would not have them. */
export function readOptions(request: Request, route: GraphRoute): Options | Refused {
  const raw: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.query)) {
    if (typeof value !== 'string') return refuse(`Query option '${name}' was given twice.`);
    const isKnown =
      route.options.some((option) => option === name) ||
      (name === '$skiptoken' && route.options.includes('$top'));
    if (name.startsWith('$') && !isKnown) return refuse(`The query option '${name}' is not supported.`);
    raw[name] = value;
  }
  const top = raw['$top'] === undefined ? DEFAULT_TOP : Number(raw['$top']);
  if (!Number.isInteger(top) || top < 1 || top > MAX_TOP)
    return refuse(`Invalid page size specified. Must be between 1 and ${MAX_TOP} inclusive.`);
  const wantsCount = raw['$count'] === 'true';
  if (wantsCount && request.get('consistencylevel')?.toLowerCase() !== 'eventual') {
    return refuse("$count needs the header 'ConsistencyLevel: eventual', on every page.");
  }
  const place = decodeSkipToken(raw['$skiptoken']);
  if (place === null) return refuse('Invalid $skiptoken.');
  const select = (raw['$select'] ?? '').split(',').filter((name) => name !== '');
  return { select, top, wantsCount, raw, ...place };
}

/** Opaque to clients; what it says is our own business. */
export function encodeSkipToken(offset: number, isBlank: boolean): string {
  return Buffer.from(JSON.stringify({ offset, isBlank })).toString('base64url');
}

function decodeSkipToken(token: string | undefined): { offset: number; isBlank: boolean } | null {
  if (token === undefined) return { offset: 0, isBlank: false };
  try {
    const { offset, isBlank } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    return Number.isSafeInteger(offset) && typeof isBlank === 'boolean'
      ? { offset: offset as number, isBlank }
      : null;
  } catch {
    return null;
  }
}
