import { type Cloud, CLOUDS } from '@gangway/contract/clouds';
import type { MicrosoftCloud } from './cloud-table.js';
import type { ProviderConfig } from './config.js';

/** What a discovery document says about the cloud of its tenant. Regions are left out: they change, and decide nothing. */
export interface CloudMarks {
  readonly issuer: URL;
  readonly graphHost: string | null;
}

/**
 * The cloud that issuer and Graph host name together; null for one that the table does not know, or where the two
 * contradict each other. Without a Graph host the issuer alone has to be enough.
 */
export function identifyCloud(config: ProviderConfig, asked: Cloud, marks: CloudMarks): Cloud | null {
  const { issuer, graphHost } = marks;
  const fitting = CLOUDS.filter(
    (cloud) =>
      cloud !== 'sandbox' &&
      isIssuerOf(config.clouds[cloud], issuer) &&
      (graphHost === null || graphHost === config.clouds[cloud].graphHost),
  );
  if (fitting.length === 1) return fitting[0] ?? null;
  // The emulator's documents name the address it is served on, which only whoever runs it knows.
  const isEmulator = asked === 'sandbox' && (graphHost === null || graphHost === issuer.host);
  return isEmulator && fitting.length === 0 ? 'sandbox' : null;
}

function isIssuerOf({ issuers }: MicrosoftCloud, { protocol, hostname }: URL): boolean {
  const wild = `*${hostname.slice(hostname.indexOf('.'))}`;
  return protocol === 'https:' && (issuers.includes(hostname) || issuers.includes(wild));
}
