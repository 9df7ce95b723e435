import type { Permission } from '@gangway/contract/permissions';
import { isMailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { audit } from '../audit/audit.js';
import { AppError, notFound } from '../errors.js';
import type { House } from '../house.js';
import { identifyPartner } from './identify-partner.js';
import { admit, type PartnerScope, type RequestScope } from './scope.js';

/** What a request names in its address; the door looks whether it is the partner's own. */
export type PartnerResource =
  'tenant' | 'operationRun' | 'apiKey' | 'webhook' | 'webhookDelivery' | 'mailTemplate';
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
  readonly resource?: { readonly kind: PartnerResource; readonly id: string } | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Admits a partner's credential, in the frozen order. What a known partner is denied stands in its audit trail; a
 * credential that nobody knows has no trail to stand in, and is counted by the transports.
 * @throws AppError unauthenticated (401), forbidden (403) without the role or permission, not_found (404) where what the
 * request names is somebody else's, gone, or no id at all
 */
export async function openPartner(
  scope: RequestScope,
  authorization: string | null,
  request: PartnerRequest,
): Promise<PartnerScope> {
  const { house, requestId } = scope;
  const identity = await identifyPartner(house, authorization);
  if (identity === null) throw new AppError('unauthenticated', 'auth.required');
  const { actor, partnerId, permissions } = identity;
  const { resource } = request;
  const isId = resource && UUID.test(resource.id);
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
    await audit(house.db.prisma, { actor, requestId, partnerId }, denial);
    return error;
  };
  if (!permissions.includes(request.permission))
    throw await deny(new AppError('forbidden', 'partner.permission_missing'));
  if (resource && !(await isOwn(house, partnerId, resource))) throw await deny(notFound());
  return admit<PartnerScope>({ ...scope, actor, partnerId, permission: request.permission, permissions });
}

/** Whether a resource is the partner's. A tenant whose creation failed is still answered for, by its run. */
async function isOwn(
  { db }: House,
  partnerId: string,
  { kind, id }: { kind: PartnerResource; id: string },
): Promise<boolean> {
  const { prisma } = db;
  if (kind === 'mailTemplate') return isMailTemplateKey(id);
  if (!UUID.test(id)) return false;
  switch (kind) {
    case 'tenant':
      return (
        (await prisma.tenant.count({ where: { tenant: id, partnerId } })) > 0 ||
        (await prisma.operationRun.count({
          where: { partnerId, subjectId: id, type: 'tenant.create', status: 'failed' },
        })) > 0
      );
    case 'operationRun':
      return (await prisma.operationRun.count({ where: { id, partnerId } })) > 0;
    case 'apiKey':
      return (await prisma.apiKey.count({ where: { id, partnerId, revokedAt: null } })) > 0;
    case 'webhook':
      return (await prisma.webhookEndpoint.count({ where: { id, partnerId } })) > 0;
    case 'webhookDelivery':
      return (await prisma.webhookDelivery.count({ where: { id, endpoint: { partnerId } } })) > 0;
  }
}
