import { uuid } from '@gangway/contract/text';
import { listMails, MAIL_STATUSES, type MailStatus } from '@gangway/domain/mail/list-mails';
import { resendMails } from '@gangway/domain/mail/resend-mails';
import { Option, type Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { CommandError } from './command-error.js';
import { print } from './print.js';
import { besideServer } from './with-database.js';

/** How the mails stand, and sending them again: for the operator, with the database in hand. */
export function addMailCommands(program: Command): void {
  const mail = program.command('mail').description('shows mails, and sends them again, as the operator');
  mail
    .command('list')
    .description('the newest hundred, without their words')
    .addOption(new Option('--status <status>').choices([...MAIL_STATUSES]))
    .action(async ({ status }: { status?: MailStatus }) =>
      print(await besideServer((db) => listMails({ db }, status))),
    );
  mail
    .command('resend [id...]')
    .description('lets what was given up, or waits for another attempt, be sent now; without an id all of it')
    .action(async (ids: string[]) => {
      if (!ids.every((id) => uuid.safeParse(id).success))
        throw new CommandError('An id is one of `mail list`');
      const sent = await besideServer(async (db) => {
        const { mailFrom } = await loadConfig(process.env);
        return resendMails({ db, mailFrom }, ids.length > 0 ? ids : null);
      });
      if (sent.length === 0)
        throw new CommandError(
          'There is nothing to send: it is sent, withdrawn, erased, or about to be sent',
        );
      print(sent);
    });
}
