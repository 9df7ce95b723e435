import { z } from 'zod';

const challenge = z.object({
  access_token: z.object({ capolids: z.object({ values: z.array(z.string()) }) }),
});
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 10;

/**
 * The ids of the Conditional Access policies that a claims challenge names. The challenge is JSON as text; its member
 * `access_token` holds no token. Source: Microsoft Learn, "Claims challenges, claims requests, and client capabilities".
 */
export function policyIdsIn(claims: string): string[] {
  try {
    const parsed = challenge.safeParse(JSON.parse(claims));
    if (!parsed.success) return [];
    return parsed.data.access_token.capolids.values.filter((id) => GUID.test(id)).slice(0, MOST);
  } catch {
    return [];
  }
}

/** The same out of a `WWW-Authenticate` header, where the challenge is in base64. */
export function policyIdsInHeader(claims: string): string[] {
  return policyIdsIn(Buffer.from(claims, 'base64').toString('utf8'));
}
