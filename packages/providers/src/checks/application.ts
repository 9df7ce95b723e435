import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph, type GraphSession, type Read } from '../microsoft/graph-session.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

const servicePrincipal = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  accountEnabled: z.boolean().nullish(),
  isDisabled: z.boolean().nullish(),
  disabledByMicrosoftStatus: z.string().nullish(),
});
type ServicePrincipal = z.output<typeof servicePrincipal>;

/** Row 6: the application is present and enabled. It may read itself without any permission. @throws ProviderError */
export async function checkApplication({ session }: CheckContext): Promise<Finding> {
  try {
    const { value, evidence } = await readItself(session);
    const facts = { servicePrincipalId: value.id };
    const reasonCode = whyDisabled(value);
    return reasonCode === null ? pass(evidence, { facts }) : fail(reasonCode, evidence, { facts });
  } catch (error) {
    const isAbsent = error instanceof ProviderError && error.evidence?.httpStatus === 404;
    // As an error, so that a young consent is waited for.
    if (isAbsent) throw new ProviderError('app.not_in_tenant', error.evidence);
    throw error;
  }
}

/** Three people can switch an application off, and each can only be asked to undo their own. */
function whyDisabled(found: ServicePrincipal): ProviderReasonCode | null {
  const { disabledByMicrosoftStatus: byMicrosoft } = found;
  if (byMicrosoft && byMicrosoft !== 'NotDisabled') return 'app.disabled_by_microsoft';
  if (found.isDisabled === true) return 'app.deactivated';
  return found.accountEnabled === false ? 'app.disabled' : null;
}

/** `isDisabled` is new in 2026, and a cloud that does not know it yet refuses to select it. */
async function readItself(session: GraphSession): Promise<Read<ServicePrincipal>> {
  const path = `/servicePrincipals(appId='${session.target.clientId}')?$select=id,accountEnabled`;
  try {
    return await getFromGraph(session, servicePrincipal, {
      path: `${path},isDisabled,disabledByMicrosoftStatus`,
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.reasonCode !== 'request.invalid') throw error;
    return getFromGraph(session, servicePrincipal, { path });
  }
}
