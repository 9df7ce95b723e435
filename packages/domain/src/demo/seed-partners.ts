import { permissionsOf, type PartnerRole } from '@gangway/contract/permissions';
import type { AppContext } from '../app-context.js';
import { hashSecret, prefixOf } from '../partner-auth/api-key-text.js';

export const DEMO_PARTNER = '01900000-0000-7000-8000-00000000d001';
const OTHER_PARTNER = '01900000-0000-7000-8000-00000000d002';
const DEMO_API_KEY_ID = '01900000-0000-7000-8000-00000000d003';
const DEMO_API_KEY = 'gwk_demo_partner_admin';

const PARTNERS = [
  { id: DEMO_PARTNER, name: 'Demo Partner' },
  { id: OTHER_PARTNER, name: 'Other Partner' },
];
const CLIENTS: readonly { clientId: string; secret: string; partnerId: string; role: PartnerRole }[] = [
  { clientId: 'demo-partner', secret: 'demo-partner-secret', partnerId: DEMO_PARTNER, role: 'partner-admin' },
  {
    clientId: 'demo-integration',
    secret: 'demo-integration-secret',
    partnerId: DEMO_PARTNER,
    role: 'integration-user',
  },
  {
    clientId: 'other-partner',
    secret: 'other-partner-secret',
    partnerId: OTHER_PARTNER,
    role: 'partner-admin',
  },
];

/** Writes the demo's partners, their clients and an API key where they are missing. Gives the id of Demo Partner. */
export async function seedPartners(app: Pick<AppContext, 'db'>): Promise<string> {
  await app.db.inTransaction(async (tx) => {
    await tx.partner.createMany({ data: PARTNERS, skipDuplicates: true });
    await tx.partnerClient.createMany({
      data: CLIENTS.map(({ clientId, secret, partnerId, role }) => ({
        clientId,
        partnerId,
        secretHash: hashSecret(secret),
        roles: [role],
        permissions: [...permissionsOf([role])],
      })),
      skipDuplicates: true,
    });
    await tx.apiKey.createMany({
      data: [
        {
          id: DEMO_API_KEY_ID,
          partnerId: DEMO_PARTNER,
          name: 'Demo key',
          prefix: prefixOf(DEMO_API_KEY),
          keyHash: hashSecret(DEMO_API_KEY),
          roles: ['partner-admin'],
          permissions: [...permissionsOf(['partner-admin'])],
          createdBy: 'demo-partner',
        },
      ],
      skipDuplicates: true,
    });
  });
  return DEMO_PARTNER;
}
