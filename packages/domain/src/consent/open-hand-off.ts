import type { Cloud } from '@gangway/contract/clouds';
import type { openHandOff as schema } from '@gangway/contract/consent';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { countLinkTries } from '../limits/count-link-tries.js';
import { loadOpenLink } from './load-open-link.js';

/** Who asks for what, for whoever holds a hand-off link. Uses nothing up. @throws AppError invalid, gone, too_many */
export async function openHandOff(
  scope: PublicScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { request, maker } = await countLinkTries(scope, () => loadOpenLink(scope, input.token));
  const { connection, expiresAt } = request;
  const { name, entraTenantId, domain } = connection.managedTenant;
  return {
    workspaceName: maker.workspace.name,
    askedBy: maker.actor.label,
    tenantName: name,
    entraTenantId,
    domain,
    cloud: connection.cloud as Cloud,
    clientId: connection.clientId,
    expiresAt: expiresAt.toISOString(),
  };
}
