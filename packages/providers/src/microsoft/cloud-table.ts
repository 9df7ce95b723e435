import type { Cloud } from '@gangway/contract/clouds';

/** One of Microsoft's clouds, by the hosts that only it uses. */
export interface MicrosoftCloud {
  /** Origin of its sign-in service. */
  readonly authority: string;
  /** Origin of its Microsoft Graph. */
  readonly graph: string;
  /** Hosts that name it as the issuer of a discovery document; `*.` stands for any one label. */
  readonly issuers: readonly string[];
  /** The `msgraph_host` of its discovery documents. */
  readonly graphHost: string;
}

export type CloudTable = Readonly<Record<Exclude<Cloud, 'sandbox'>, MicrosoftCloud>>;

const cloud = (login: string, graph: string, aliases: readonly string[] = []): MicrosoftCloud => ({
  authority: `https://${login}`,
  graph: `https://${graph}`,
  issuers: [login, ...aliases],
  graphHost: graph,
});

const US_ALIASES = ['login.usgovcloudapi.net'];

/**
 * Sources: Microsoft Learn, "National clouds" and "Microsoft Graph national cloud deployments"; for the last three the
 * cloud lists of MSAL (.NET #5630, Python #871, JS #8301) and of Graph PowerShell, as of November 2026.
 */
export const MICROSOFT_CLOUDS: CloudTable = {
  global: cloud('login.microsoftonline.com', 'graph.microsoft.com', [
    'login.windows.net',
    'login.microsoft.com',
    'sts.windows.net',
    // Tenants of customers (External ID) issue from a host of their own.
    '*.ciamlogin.com',
  ]),
  usgov: cloud('login.microsoftonline.us', 'graph.microsoft.us', US_ALIASES),
  dod: cloud('login.microsoftonline.us', 'dod-graph.microsoft.us', US_ALIASES),
  china: cloud('login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn', [
    'login.chinacloudapi.cn',
  ]),
  bleu: cloud('login.sovcloud-identity.fr', 'graph.svc.sovcloud.fr'),
  delos: cloud('login.sovcloud-identity.de', 'graph.svc.sovcloud.de'),
  govsg: cloud('login.sovcloud-identity.sg', 'graph.svc.sovcloud.sg'),
};
