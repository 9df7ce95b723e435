import { listOutsiderDenials } from '@gangway/domain/denials/list-outsider-denials';
import { InvalidArgumentError, type Command } from 'commander';
import { print } from './print.js';
import { besideServer } from './with-database.js';

/** Who asked for what is not theirs: for the operator, with the database in hand. */
export function addDenialCommands(program: Command): void {
  program
    .command('denials')
    .description('shows what users and credentials were denied where they do not belong, most often first')
    .option('--hours <hours>', 'how far back, up to 720', toHours, 24)
    .action(async ({ hours }: { hours: number }) =>
      print(await besideServer((db) => listOutsiderDenials({ db }, hours))),
    );
}

function toHours(text: string): number {
  const hours = Number(text);
  if (!Number.isInteger(hours) || hours < 1 || hours > 720)
    throw new InvalidArgumentError('A whole number from 1 to 720.');
  return hours;
}
