import { permissionsOf } from '@gangway/contract/permissions';
import { line } from '@gangway/contract/text';
import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { auditByOperator } from '../audit/audit-by-operator.js';
import type { AppContext } from '../app-context.js';
import { slugOf } from '../provisioning/slug-of.js';
import { hashSecret } from './api-key-text.js';
import { createClientSecret } from './create-client-secret.js';

export interface CreatedPartner {
  readonly partnerId: string;
  readonly clientId: string;
  /** Told here and never again. */
  readonly clientSecret: string;
}

/** A new partner with one OAuth client that may do everything a partner can. For the operator: no door leads here. */
export async function createPartner({ db }: Pick<AppContext, 'db'>, name: string): Promise<CreatedPartner> {
  const partnerName = line(200).parse(name);
  const partnerId = uuidv7();
  const clientId = `${slugOf(partnerName)}-${randomBytes(4).toString('hex')}`;
  const clientSecret = createClientSecret();
  await db.inTransaction(async (tx) => {
    await tx.partner.create({ data: { id: partnerId, name: partnerName } });
    await tx.partnerClient.create({
      data: {
        ...{ clientId, partnerId, secretHash: hashSecret(clientSecret), roles: ['partner-admin'] },
        permissions: [...permissionsOf(['partner-admin'])],
      },
    });
    const entry = { action: 'partners.create', targetKind: 'partner', targetId: partnerId };
    await auditByOperator(tx, partnerId, entry);
  });
  return { partnerId, clientId, clientSecret };
}
