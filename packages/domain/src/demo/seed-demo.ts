import type { Role } from '@gangway/contract/capabilities';
import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { AppContext } from '../app-context.js';
import { seedPartners } from './seed-partners.js';

/** The password of every demo user. Public by design: it exists only with DEMO=1. */
export const DEMO_PASSWORD = 'gangway-demo-2026';

interface DemoTenant {
  readonly name: string;
  readonly slug: string;
  readonly members: readonly (readonly [email: string, role: Role])[];
  /** Has an account of the tenant, and no membership anywhere. */
  readonly strangers: readonly string[];
}

const DEMO: readonly DemoTenant[] = [
  {
    name: 'Acme',
    slug: 'acme',
    members: [
      ['owner@acme.example', 'owner'],
      ['admin@acme.example', 'admin'],
      ['operator@acme.example', 'operator'],
      ['viewer@acme.example', 'viewer'],
    ],
    strangers: [],
  },
  {
    name: 'Globex',
    slug: 'globex',
    members: [['owner@globex.example', 'owner']],
    strangers: ['nobody@example.com'],
  },
];

/** Writes the demo data where it is missing. Servers that start together write it once. */
export async function seedDemo(app: AppContext): Promise<void> {
  const partnerId = await seedPartners(app);
  const missing = await app.db.prisma.workspace.count({
    where: { slug: { in: DEMO.map((tenant) => tenant.slug) } },
  });
  if (missing === DEMO.length) return;
  const passwordHash = await app.hasher.hash(DEMO_PASSWORD);
  await app.db.inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('gangway.demo'))`;
    for (const tenant of DEMO) {
      const present = await tx.workspace.findUnique({ where: { slug: tenant.slug }, select: { id: true } });
      if (!present) await seedTenant(tx, partnerId, tenant, passwordHash);
    }
  });
}

async function seedTenant(
  tx: Prisma.TransactionClient,
  partnerId: string,
  demo: DemoTenant,
  passwordHash: string,
): Promise<void> {
  const tenant = uuidv7();
  const companyId = uuidv7();
  const workspaceId = uuidv7();
  const [owner] = demo.members;
  await tx.tenant.create({
    data: { tenant, partnerId, companyName: demo.name, email: owner?.[0] ?? '', status: 'active' },
  });
  await tx.company.create({ data: { companyId, companyName: demo.name, tenant } });
  await tx.tenantCompany.create({ data: { tenant, companyId, isDefault: true } });
  await tx.tenantEmailSettings.create({ data: { tenantId: tenant } });
  await tx.workspace.create({ data: { id: workspaceId, tenant, name: demo.name, slug: demo.slug } });
  const people = [...demo.members, ...demo.strangers.map((email) => [email, null] as const)];
  for (const [email, role] of people) {
    const userId = uuidv7();
    const firstName = email.slice(0, email.indexOf('@'));
    await tx.user.create({
      data: {
        userId,
        tenant,
        email,
        firstName: firstName.charAt(0).toUpperCase() + firstName.slice(1),
        lastName: demo.name,
        passwordHash,
      },
    });
    if (role === null) continue;
    await tx.userRole.create({ data: { userId, roleId: role, tenant } });
    await tx.membership.create({ data: { workspaceId, userId, role } });
  }
}
