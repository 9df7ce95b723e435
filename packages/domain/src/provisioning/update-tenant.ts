import type { ProvisionedTenant, tenantPatchBody } from '@gangway/contract/provisioning/tenants';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { invalidField } from '../errors.js';
import { changeTenant } from './change-tenant.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

type Change = Omit<z.output<typeof tenantPatchBody>, 'tenant'>;

/**
 * Changes what a partner may change of a tenant; fields that are left out stay. What was read may be sent back with it,
 * as long as it is what there is.
 * @throws AppError conflict while it is being deleted; invalid for a change of what cannot be changed
 */
export async function updateTenant(
  scope: PartnerScope,
  input: { tenant: string } & Change,
): Promise<ProvisionedTenant> {
  const { tenant, client_name: companyName, phone_number: phoneNumber, industry } = input;
  return changeTenant(scope, tenant, ['provisioning', 'active', 'suspended'], async (tx, row) => {
    requireUnchanged(toProvisionedTenant(row), input);
    await audit(tx, scope, { action: 'tenants.update', targetKind: 'tenant', targetId: tenant });
    return {
      ...(companyName === undefined ? {} : { companyName }),
      ...(phoneNumber === undefined ? {} : { phoneNumber }),
      ...(industry === undefined ? {} : { industry }),
    };
  });
}

// When and by which run it was changed last is passed over: nobody means to say anything by it.
const CANNOT_CHANGE = {
  email: 'Cannot be changed',
  created_at: 'Cannot be changed',
  status: 'Cannot be changed like this: suspend, reactivate or delete the tenant',
} as const;

function requireUnchanged(row: ProvisionedTenant, input: Change): void {
  for (const field of ['email', 'created_at', 'status'] as const) {
    const sent = input[field];
    if (sent !== undefined && toComparable(field, sent) !== toComparable(field, row[field]))
      throw invalidField(field, CANNOT_CHANGE[field]);
  }
}

/** Instants to the second: typed clients that parse one may write it without its fraction (ogen for Go does, by RFC 3339). */
const toComparable = (field: keyof typeof CANNOT_CHANGE, value: string): string =>
  field === 'created_at' ? value.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length) : value;
