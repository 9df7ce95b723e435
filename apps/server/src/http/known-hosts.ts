import type { Request, RequestHandler } from 'express';
import { isLoopbackName } from '../config/is-loopback-name.js';
import { refuse } from './refuse.js';

export interface KnownHostsInput {
  readonly appUrl: string | null;
  /** Where we listen. */
  readonly host: string;
  /** Further names, in lower case and without a port. */
  readonly allowedHosts: readonly string[];
}

export type IsKnownHost = (request: Request) => boolean;

/**
 * Whether a request names this server in `Host`: by APP_URL, a loopback name, the address it listens on, or one of
 * ALLOWED_HOSTS. A page of another site whose name was pointed at this machine (DNS rebinding) sends its own name.
 * Ports are not compared: containers and tunnels map them.
 */
export function createKnownHosts({ appUrl, host, allowedHosts }: KnownHostsInput): IsKnownHost {
  const names = new Set([host.toLowerCase(), ...allowedHosts]);
  if (appUrl !== null) names.add(withoutBrackets(new URL(appUrl).hostname));
  // They mean every address, and no browser reaches a server by them.
  for (const wildcard of ['0.0.0.0', '::']) names.delete(wildcard);
  return (request) => {
    // Node takes the first of several Host headers, a proxy in front may have looked at another (RFC 9112, 3.2).
    const [host = '', ...more] = request.headersDistinct['host'] ?? [];
    const name = more.length > 0 ? null : hostNameOf(host);
    return name !== null && (isLoopbackName(name) || names.has(name));
  };
}

/** Refuses with 421 what is meant for another server. */
export function refuseUnknownHosts(isKnownHost: IsKnownHost): RequestHandler {
  return (request, response, next) => {
    if (isKnownHost(request)) return next();
    refuse(request, response, 421, 'request.unknown_host');
  };
}

/** The name in a Host header, in lower case, without port, brackets or the dot that ends a full name; null: malformed. */
function hostNameOf(header: string): string | null {
  const [, name] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(header) ?? [];
  return name === undefined ? null : withoutBrackets(name.toLowerCase()).replace(/\.$/, '');
}

const withoutBrackets = (name: string): string => name.replace(/^\[|\]$/g, '');
