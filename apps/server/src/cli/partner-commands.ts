import { createPartner } from '@gangway/domain/partner-auth/create-partner';
import { revokeClient, rotateClientSecret } from '@gangway/domain/partner-auth/change-client';
import type { Command } from 'commander';
import { CommandError } from './command-error.js';
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
  partners
    .command('rotate-secret <client-id>')
    .description('gives a client a new secret, shown once; the old one is refused at once')
    .action(async (clientId: string) => {
      const clientSecret = await besideServer((db) => rotateClientSecret({ db }, clientId));
      if (clientSecret === null) throw noClient();
      print({ clientId, clientSecret });
    });
  partners
    .command('revoke <client-id>')
    .description('refuses a client and its tokens for good')
    .action(async (clientId: string) => {
      if (!(await besideServer((db) => revokeClient({ db }, clientId)))) throw noClient();
      console.log('The client is revoked.');
    });
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

const noClient = () => new CommandError('There is no such client, or it is revoked: see `partners list`');
