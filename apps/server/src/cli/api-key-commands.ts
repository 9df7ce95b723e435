import { PERMISSIONS, type Permission } from '@gangway/contract/permissions';
import { Option, type Command } from 'commander';
import { readAccess } from './access.js';
import { print } from './print.js';

const wholeHours = (text: string): number => (/^\d{1,3}$/.test(text) ? Number(text) : Number.NaN);

/** What a partner does with its API keys. */
export function addApiKeyCommands(program: Command): void {
  const keys = program.command('api-keys').description('mints, rotates and revokes API keys, as a partner');
  const apiKeys = () => readAccess(process.env).client.provisioning.apiKeys;
  keys
    .command('create <name>')
    .description('makes a key that holds these permissions and no others; it is shown once')
    .addOption(
      new Option('--permission <permission...>', 'one or several')
        .choices([...PERMISSIONS])
        .makeOptionMandatory(),
    )
    .option('--expires-at <instant>', 'such as 2030-01-31T00:00:00Z')
    .action(async (name: string, options: { permission: Permission[]; expiresAt?: string }) => {
      const { permission: permissions, expiresAt } = options;
      print(
        await apiKeys().create.mutate({
          name,
          permissions,
          ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
        }),
      );
    });
  keys.command('list').action(async () => print(await apiKeys().list.query({ limit: 100 })));
  keys
    .command('rotate <id>')
    .description('makes a new key in its place; the old one works on for the overlap')
    .option('--overlap-hours <hours>', 'from 0 to 168', wholeHours, 24)
    .action(async (id: string, { overlapHours }: { overlapHours: number }) =>
      print(await apiKeys().rotate.mutate({ id, overlap_hours: overlapHours })),
    );
  keys
    .command('revoke <id>')
    .description('ends a key at once')
    .action(async (id: string) => {
      await apiKeys().revoke.mutate({ id });
      print({ id, revoked: true });
    });
}
