import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph } from '../microsoft/graph-session.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

const servicePrincipal = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  accountEnabled: z.boolean().nullish(),
});

/** Row 6: the application is present and enabled. It may read itself without any permission. @throws ProviderError */
export async function checkApplication({ session }: CheckContext): Promise<Finding> {
  const path = `/servicePrincipals(appId='${session.target.clientId}')?$select=id,accountEnabled`;
  try {
    const { value, evidence } = await getFromGraph(session, servicePrincipal, { path });
    const facts = { servicePrincipalId: value.id };
    return value.accountEnabled === false
      ? fail('app.disabled', evidence, { facts })
      : pass(evidence, { facts });
  } catch (error) {
    const isAbsent = error instanceof ProviderError && error.evidence?.httpStatus === 404;
    if (isAbsent) return fail('app.not_in_tenant', error.evidence);
    throw error;
  }
}
