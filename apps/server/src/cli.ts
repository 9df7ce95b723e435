// `npm run gangway -- …`: what an operator does beside a running server, and what a partner does with one.
import { Command } from 'commander';
import { addApiKeyCommands } from './cli/api-key-commands.js';
import { addDenialCommands } from './cli/denial-commands.js';
import { addKeyCommands } from './cli/key-commands.js';
import { addMailCommands } from './cli/mail-commands.js';
import { addPartnerCommands } from './cli/partner-commands.js';
import { addPeopleCommands } from './cli/people-commands.js';
import { describeRefusal, isRefusal } from './cli/print.js';
import { addTenantCommands } from './cli/tenant-commands.js';
import { addTokenCommands } from './cli/token-commands.js';
import { withDatabase } from './cli/with-database.js';
import { loadConfig } from './config/load-config.js';
import { describeStartError } from './describe-start-error.js';
import { loadEnvFile } from './load-env-file.js';

const program = new Command('gangway').description(
  'Operates a Gangway installation, or provisions tenants with one.',
);

program
  .command('migrate')
  .description('brings the database to the newest migration, without starting a server')
  .action(async () => {
    await withDatabase(() => Promise.resolve(), { migrates: true });
    console.log('The database is at the newest migration.');
  });

program
  .command('check-config')
  .description('reads the environment as a start would, and says what is wrong with it')
  .action(async () => {
    loadEnvFile();
    await loadConfig(process.env);
    console.log('The configuration is fine.');
  });

addKeyCommands(program);
addPartnerCommands(program);
addTenantCommands(program);
addApiKeyCommands(program);
addMailCommands(program);
addPeopleCommands(program);
addDenialCommands(program);
addTokenCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(isRefusal(error) ? describeRefusal(error) : describeStartError(error));
  process.exitCode = 1;
}
// What applied migrations keeps a timer for ten seconds more.
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit();
