import { type Cloud, CLOUDS } from '@gangway/contract/clouds';
import { ProviderError } from '../errors.js';
import type { ProviderConfig } from './config.js';

/** Where a cloud answers. Calls go below these two addresses and nowhere else. */
export interface CloudEndpoints {
  readonly authority: string;
  readonly graph: string;
  readonly propagation: PropagationPace;
}

/** How a change that still spreads inside Microsoft is waited for. */
interface PropagationPace {
  /** How often to look again while a consent spreads. */
  readonly consentPollMs: number;
  /** How often to look again while a credential spreads. */
  readonly credentialPollMs: number;
  /** After so many looks a refusal is what it seems: nothing is on its way. */
  readonly consentAttempts: number;
  readonly credentialAttempts: number;
}

const MICROSOFT_PACE: PropagationPace = {
  consentPollMs: 30_000,
  credentialPollMs: 15_000,
  // More than fit into the time that a change may take: its age decides.
  consentAttempts: 1_000,
  credentialAttempts: 1_000,
};
/** Nobody waits for an emulator: a wrong secret is told after two seconds. */
const SANDBOX_PACE: PropagationPace = {
  consentPollMs: 2_000,
  credentialPollMs: 1_000,
  consentAttempts: 4,
  credentialAttempts: 3,
};

/** @throws ProviderError `tenant.wrong_cloud` for the sandbox where it is switched off */
export function endpointsOf(cloud: Cloud, config: ProviderConfig): CloudEndpoints {
  if (cloud !== 'sandbox') {
    const { authority, graph } = config.clouds[cloud];
    return { authority, graph, propagation: MICROSOFT_PACE };
  }
  if (config.sandboxOrigin === null) throw new ProviderError('tenant.wrong_cloud', null);
  return { authority: config.sandboxOrigin, graph: config.sandboxOrigin, propagation: SANDBOX_PACE };
}

/** One cloud for each authority there is, in the order of the table: `dod` shares its authority with `usgov`. */
export function authoritiesOf({ clouds }: ProviderConfig): Exclude<Cloud, 'sandbox'>[] {
  const known = CLOUDS.filter((cloud) => cloud !== 'sandbox');
  return known.filter(
    (cloud, index) =>
      known.findIndex((other) => clouds[other].authority === clouds[cloud].authority) === index,
  );
}

/** Whether `url` lies below `base`: same scheme, host and port, and a path under it. */
export function isBelow(url: URL, base: string): boolean {
  const { origin, pathname } = new URL(base);
  const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return (
    url.origin === origin && url.username === '' && url.password === '' && url.pathname.startsWith(folder)
  );
}
