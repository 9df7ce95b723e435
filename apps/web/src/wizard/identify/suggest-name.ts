/** `contoso.onmicrosoft.com` -> "Contoso"; empty for a tenant id. */
export function suggestName(domain: string | null): string {
  const first = domain?.split('.')[0] ?? '';
  return first.charAt(0).toUpperCase() + first.slice(1);
}
