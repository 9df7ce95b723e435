import type { Permission } from '@gangway/contract/permissions';
import { isUuid } from '@gangway/contract/text';
import { AppError, notFound } from '../errors.js';
import { identifyPartner, type NamedResource, type PartnerResource } from './identify-partner.js';
import { admit, type PartnerScope, type RequestScope } from './scope.js';

/** As audit events name what was asked for. */
const TARGET_KINDS: Record<PartnerResource, string> = {
  tenant: 'tenant',
  operationRun: 'operation_run',
  apiKey: 'api_key',
  webhook: 'webhook',
  webhookDelivery: 'webhook_delivery',
  mailTemplate: 'mail_template',
};

export interface PartnerRequest {
  readonly permission: Permission;
  /** As audit events name it, such as `tenants.create`. */
  readonly action: string;
  /** The door looks whether it is the partner's own. */
  readonly resource?: NamedResource | null;
}

/**
 * Admits a partner's credential, in the frozen order. What a known partner is denied is in its own audit trail, and never in
 * that of the partner whose resource it named; a credential that nobody knows has no trail, and is counted by the transports.
 * @throws AppError unauthenticated (401), too_many (429), forbidden (403) without the role or permission, not_found (404) where what the
 * request names is somebody else's, gone, or no id at all
 */
export async function openPartner(
  scope: RequestScope,
  authorization: string | null,
  request: PartnerRequest,
): Promise<PartnerScope> {
  const { app, requestId } = scope;
  const { resource = null } = request;
  const identity = await identifyPartner(app, authorization, resource);
  if (identity === null) throw new AppError('unauthenticated', 'auth.required');
  const { actor, partnerId, permissions, tokenEndsAt, endsAt } = identity;
  await app.callLimits.count('partner', partnerId, scope.reportQuota);
  const isId = resource && isUuid(resource.id);
  const deny = async (error: AppError): Promise<AppError> => {
    const target = resource
      ? { targetKind: TARGET_KINDS[resource.kind], ...(isId ? { targetId: resource.id } : {}) }
      : {};
    const denial = {
      action: request.action,
      outcome: 'denied',
      reasonCode: error.reasonCode,
      ...target,
    } as const;
    await app.denials.audit({ actor, requestId, partnerId }, denial);
    return error;
  };
  const { permission, action } = request;
  if (!permissions.includes(permission))
    throw await deny(new AppError('forbidden', 'partner.permission_missing', { permission }));
  if (!identity.ownsResource) {
    const error = notFound();
    const { reasonCode } = error;
    app.denials.countOutsider({ actor, action, reasonCode, target: resource?.id ?? null });
    throw await deny(error);
  }
  return admit<PartnerScope>({
    ...{ ...scope, actor, partnerId, permission, permissions },
    ...{ action, tokenEndsAt, endsAt },
  });
}
