import { isIP } from 'node:net';

/** The proxy that webhooks go through. */
export interface WebhookProxy {
  readonly url: string;
  /** Hosts that are reached without it, as NO_PROXY names them: names, `.suffixes`, `*`, each with a port or without. */
  readonly exceptions: string;
}

/** Whether a URL is reached through the proxy. */
export function isProxied(url: URL, { exceptions }: WebhookProxy): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return !exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => covers(entry, host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  // The end of an address in version 6 looks like a port.
  if (isIP(entry) !== 0) return host === entry;
  const [, name = '', onlyPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  if (name === '' || (onlyPort !== undefined && onlyPort !== port)) return false;
  return /^[.*]/.test(name) ? host.endsWith(name.replace(/^\*/, '')) : host === name;
}
