import { trimPasted } from './pasted.js';
import { toDomainName } from './to-domain-name.js';

/** What was typed to name a Microsoft tenant. */
export type DomainOrId =
  /** A domain or a tenant ID, in the form that Microsoft is asked by. */
  | { readonly kind: 'found'; readonly value: string }
  /** Something else with a tenant in it, which a person may have meant. */
  | { readonly kind: 'email' | 'url' | 'microsoft'; readonly value: string }
  | { readonly kind: 'unknown' };

const GUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
/** Microsoft's own domains, of all clouds: their hosts are pages and services, and no customer's. */
const MICROSOFT =
  /\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|microsoft\.(com|us)|windows\.net|azure\.(com|us|cn)|windowsazure\.(com|us|cn)|office(365)?\.(com|us)|cloud\.microsoft|sovcloud(-identity)?\.(fr|de|sg))$/;
/** Those of them whose path begins with the tenant; elsewhere an ID in the path may be that of anything. */
const TENANT_IN_PATH = /^(login|sts|portal|entra)\./;
/** Where a portal names the tenant behind the `#`. What else stands there are names of pages, and IDs of other objects. */
const TENANT_IN_HASH = /(?:^#@|\/tenantId[/=])([^/?&]+)/i;
/** Parameters by which links of Teams, Entra and Office name the tenant. */
const TENANT_IN_QUERY = /[?&](?:tenantId|tenant|tid)=([^&#]+)/i;
const SHAREPOINT = /^([a-z0-9]+?)(?:-my|-admin)?\.sharepoint(\.com|\.us|-mil\.us|\.cn)$/;
/** The domain that a tenant got with its SharePoint, which differs by cloud. */
const INITIAL_DOMAIN: Readonly<Record<string, string>> = {
  '.com': 'onmicrosoft.com',
  '.us': 'onmicrosoft.us',
  '-mil.us': 'onmicrosoft.us',
  '.cn': 'partner.onmschina.cn',
};

/**
 * Reads what people type and paste. Understood as it is: a domain in any case, with its dot at the end, in its own script;
 * a tenant ID in braces, in any case, without dashes. An e-mail address, a web address, an address of Microsoft's sign-in or
 * portals, and a SharePoint address hold a tenant that is worth offering.
 */
export function readDomainOrId(typed: string): DomainOrId {
  const text = trimPasted(typed);
  const id = toTenantId(text);
  if (id !== null) return { kind: 'found', value: id };
  const email = /^[^\s@/]+@([^\s@/]+)$/.exec(text)?.[1];
  const domain = toDomainName(email ?? text);
  if (email !== undefined) return domain === null ? { kind: 'unknown' } : { kind: 'email', value: domain };
  return readAddress(text) ?? (domain === null ? { kind: 'unknown' } : { kind: 'found', value: domain });
}

function readAddress(text: string): DomainOrId | null {
  const hasPath = /^[^\s/]+\.[^\s/]+\//.test(text);
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { hostname, pathname, search, hash } = new URL(address);
  const [, tenant, suffix = ''] = SHAREPOINT.exec(hostname) ?? [];
  if (tenant !== undefined) return { kind: 'microsoft', value: `${tenant}.${INITIAL_DOMAIN[suffix]}` };
  if (MICROSOFT.test(hostname)) {
    const inside =
      findTenant(TENANT_IN_QUERY.exec(search)?.[1] ?? '') ??
      findTenant(TENANT_IN_HASH.exec(hash)?.[1] ?? '') ??
      (TENANT_IN_PATH.test(hostname) ? findTenant(pathname) : null);
    return inside === null ? { kind: 'unknown' } : { kind: 'microsoft', value: inside };
  }
  if (address !== text && !hasPath) return null;
  const domain = toDomainName(hostname.replace(/^www\./, ''));
  return domain === null ? { kind: 'unknown' } : { kind: 'url', value: domain };
}

/** The first part of a path that names a tenant: `/contoso.com/…`, `/<id>/…`. */
function findTenant(path: string): string | null {
  for (const part of path.split('/')) {
    const found = toTenantId(part) ?? (part.includes('.') && !/\.\d/.test(part) ? toDomainName(part) : null);
    if (found !== null) return found;
  }
  return null;
}

function toTenantId(text: string): string | null {
  const parts = GUID.exec(text)?.slice(1);
  return parts ? parts.join('-').toLowerCase() : null;
}
