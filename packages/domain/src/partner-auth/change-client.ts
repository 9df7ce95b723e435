import { auditByOperator } from '../audit/audit-by-operator.js';
import type { AppContext } from '../app-context.js';
import { hashSecret } from './api-key-text.js';
import { createClientSecret } from './create-client-secret.js';

type Operator = Pick<AppContext, 'db'>;

/**
 * Gives a partner's client a new secret; the old one is refused from now on, access tokens that it got live on for their
 * fifteen minutes. Null where there is no such client. For the operator: no door leads here.
 */
export async function rotateClientSecret(app: Operator, clientId: string): Promise<string | null> {
  const clientSecret = createClientSecret();
  const change = { secretHash: hashSecret(clientSecret) };
  return (await changeClient(app, clientId, 'rotateSecret', change)) ? clientSecret : null;
}

/** Refuses a client and every token that it got, for good; false where there is none. For the operator: no door leads here. */
export function revokeClient(app: Operator, clientId: string): Promise<boolean> {
  return changeClient(app, clientId, 'revoke', { revokedAt: new Date() });
}

function changeClient(
  { db }: Operator,
  clientId: string,
  verb: string,
  data: { secretHash: string } | { revokedAt: Date },
): Promise<boolean> {
  return db.inTransaction(async (tx) => {
    const [changed] = await tx.partnerClient.updateManyAndReturn({
      where: { clientId, revokedAt: null },
      data,
      select: { partnerId: true },
    });
    if (!changed) return false;
    const entry = { action: `partnerClients.${verb}`, targetKind: 'partner_client', targetId: clientId };
    await auditByOperator(tx, changed.partnerId, entry);
    return true;
  });
}
