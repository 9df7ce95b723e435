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
/** Hosts of Microsoft's own, of all clouds, which name no tenant themselves. */
const MICROSOFT =
  /(^|\.)(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|login\.microsoft\.com|login\.windows\.net|sts\.windows\.net|(portal|entra)\.(azure|microsoft)\.(com|us|cn))$/;
/** Where a portal names the tenant behind the `#`. What else stands there are names of pages, and IDs of other objects. */
const TENANT_IN_HASH = /(?:^#@|\/tenantId[/=])([^/?&]+)/i;
const SHAREPOINT = /^([a-z0-9]+)(-my|-admin)?\.sharepoint\.(com|us|cn)$/;

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
  const { hostname, pathname, hash } = new URL(address);
  const [, tenant] = SHAREPOINT.exec(hostname) ?? [];
  if (tenant !== undefined) return { kind: 'microsoft', value: `${tenant}.onmicrosoft.com` };
  if (MICROSOFT.test(hostname)) {
    const inside = findTenant(pathname) ?? findTenant(TENANT_IN_HASH.exec(hash)?.[1] ?? '');
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
