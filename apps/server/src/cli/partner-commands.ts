import { createPartner } from '@gangway/domain/partner-auth/create-partner';
import type { Command } from 'commander';
import { print } from './print.js';
import { besideServer } from './with-database.js';

/** What only the operator can do, with the database in hand. */
export function addPartnerCommands(program: Command): void {
  const partners = program
    .command('partners')
    .description('lets partners in, as the operator of the database');
  partners
    .command('create <name>')
    .description('makes a partner and a client for it; the secret is shown once')
    .action(async (name: string) => print(await besideServer((db) => createPartner({ db }, name))));
  partners.command('list').action(async () =>
    print(
      await besideServer((db) =>
        db.prisma.partner.findMany({
          select: {
            id: true,
            name: true,
            createdAt: true,
            clients: { select: { clientId: true, revokedAt: true } },
          },
          orderBy: { id: 'asc' },
        }),
      ),
    ),
  );
}
