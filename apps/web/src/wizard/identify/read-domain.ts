const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** Worth asking Microsoft about: a whole tenant id, or something that ends like a domain. */
export function isAskable(typed: string): boolean {
  return GUID.test(typed) || DOMAIN.test(typed);
}

/** What people paste instead of a domain, with the domain that is in it. */
export function recogniseSlip(typed: string): { kind: 'email' | 'url'; domain: string } | null {
  const email = /^[^\s@/]+@([^\s@/]+\.[^\s@/]+)$/.exec(typed)?.[1];
  if (email) return { kind: 'email', domain: email };
  const host = /^https?:\/\/([^\s/?#:]+)/i.exec(typed)?.[1] ?? /^([^\s/]+\.[^\s/]+)\//.exec(typed)?.[1];
  return host ? { kind: 'url', domain: host.replace(/^www\./i, '') } : null;
}

/** `contoso.onmicrosoft.com` -> "Contoso"; empty for a tenant id. */
export function suggestName(domain: string | null): string {
  const first = domain?.split('.')[0] ?? '';
  return first.charAt(0).toUpperCase() + first.slice(1);
}
