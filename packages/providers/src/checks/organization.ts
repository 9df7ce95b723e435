import { z } from 'zod';
import { getFromGraph } from '../microsoft/graph-session.js';
import { explainRefusal, knownFrom } from './explain-refusal.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

const organizations = z.object({
  value: z
    .array(z.object({ id: z.string(), verifiedDomains: z.array(z.object({ name: z.string() })) }))
    .min(1),
});

/** Row 5: the directory behind the token is the tenant, and owns the domain that was entered. @throws ProviderError */
export async function checkOrganization(ctx: CheckContext): Promise<Finding> {
  const { target } = ctx.session;
  const path = '/organization?$select=id,displayName,verifiedDomains';
  const { value, evidence } = await getFromGraph(ctx.session, organizations, { path }).catch(
    (error: unknown) => {
      throw explainRefusal(ctx.session, knownFrom(ctx.earlier), 'Organization.Read.All', error);
    },
  );
  const found = value.value.find(({ id }) => id.toLowerCase() === target.entraTenantId.toLowerCase());
  if (!found) return fail('tenant.mismatch', evidence);
  const owns = found.verifiedDomains.some(({ name }) => name.toLowerCase() === target.domain?.toLowerCase());
  if (target.domain !== null && !owns) {
    const remedy =
      'The tenant does not own the domain that was entered. Identify the tenant again with a domain it has verified.';
    return fail('tenant.mismatch', evidence, { remedy });
  }
  return pass(evidence);
}
