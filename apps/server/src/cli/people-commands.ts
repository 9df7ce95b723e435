import { erasePerson, LastOwnerError } from '@gangway/domain/accounts/erase-person';
import { exportPerson } from '@gangway/domain/accounts/export-person';
import type { Command } from 'commander';
import { CommandError } from './command-error.js';
import { print } from './print.js';
import { besideServer } from './with-database.js';

/** What is stored about one person, and erasing it: for the operator, with the database in hand. */
export function addPeopleCommands(program: Command): void {
  const people = program.command('people').description('exports and erases what is stored about a person');
  people
    .command('export <email>')
    .description('everything that is stored about the person with this address, as JSON')
    .action(async (email: string) => print(await besideServer((db) => exportPerson(db, email))));
  people
    .command('erase <email>')
    .description('ends the memberships and the account of a person, and erases the name everywhere')
    .requiredOption('--yes', 'there is no way back')
    .action(async (email: string) => print(await besideServer((db) => erase(db, email))));
}

async function erase(...args: Parameters<typeof erasePerson>) {
  try {
    return await erasePerson(...args);
  } catch (error) {
    if (!(error instanceof LastOwnerError)) throw error;
    const slugs = error.workspaces.map(({ slug }) => slug).join(', ');
    throw new CommandError(
      `Nothing was erased: the person is the last owner of ${slugs}. Let them make somebody else an owner, or delete the tenant, first`,
    );
  }
}
