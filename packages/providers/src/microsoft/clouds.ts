import type { Cloud } from '@gangway/contract/clouds';
import { ProviderError } from '../errors.js';
import type { ProviderConfig } from './config.js';

/** Where a cloud answers. Calls go below these two addresses and nowhere else. */
export interface CloudEndpoints {
  readonly authority: string;
  readonly graph: string;
  /** How often to look again while a consent spreads. */
  readonly propagationPollMs: number;
}

const microsoft = (authority: string, graph: string): CloudEndpoints => ({
  authority: `https://${authority}`,
  graph: `https://${graph}`,
  propagationPollMs: 30_000,
});

/** Source: Microsoft Learn, "National clouds" and "Microsoft Graph national cloud deployments". */
const MICROSOFT: Record<Exclude<Cloud, 'sandbox'>, CloudEndpoints> = {
  global: microsoft('login.microsoftonline.com', 'graph.microsoft.com'),
  usgov: microsoft('login.microsoftonline.us', 'graph.microsoft.us'),
  dod: microsoft('login.microsoftonline.us', 'dod-graph.microsoft.us'),
  china: microsoft('login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'),
};

/** In the order they are asked by discovery; `dod` shares its authority with `usgov`. */
export const DISCOVERY_ORDER = ['global', 'usgov', 'china'] as const satisfies readonly Cloud[];

/** @throws ProviderError `tenant.wrong_cloud` for the sandbox where it is switched off */
export function endpointsOf(cloud: Cloud, config: ProviderConfig): CloudEndpoints {
  if (cloud !== 'sandbox') return MICROSOFT[cloud];
  if (config.sandboxOrigin === null) throw new ProviderError('tenant.wrong_cloud', null);
  return { authority: config.sandboxOrigin, graph: config.sandboxOrigin, propagationPollMs: 2_000 };
}

/** Whether `url` lies below `base`: same scheme, host and port, and a path under it. */
export function isBelow(url: URL, base: string): boolean {
  const { origin, pathname } = new URL(base);
  const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return (
    url.origin === origin && url.username === '' && url.password === '' && url.pathname.startsWith(folder)
  );
}
