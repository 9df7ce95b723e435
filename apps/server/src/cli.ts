// `pnpm gangway …`: what an operator does beside a running server.
import { generateAuthKeys } from '@gangway/domain/partner-auth/auth-key';
import { Command } from 'commander';
import { generateEncryptionKeys } from './config/keys.js';
import { loadConfig } from './config/load-config.js';
import { describeStartError } from './describe-start-error.js';
import { loadEnvFile } from './load-env-file.js';
import { createLogger } from './log.js';
import { openDatabase } from './open-database.js';

const program = new Command('gangway').description('Operates a Gangway installation.');

program
  .command('keys')
  .description('prints new AUTH_KEYS and ENCRYPTION_KEYS, as lines for an environment file')
  .action(async () => {
    console.log(`AUTH_KEYS='${await generateAuthKeys()}'`);
    console.log(`ENCRYPTION_KEYS=${generateEncryptionKeys()}`);
  });

program
  .command('migrate')
  .description('brings the database to the newest migration, without starting a server')
  .action(async () => {
    loadEnvFile();
    const config = await loadConfig(process.env);
    const fail = (error: Error): never => {
      throw error;
    };
    const database = await openDatabase({ config, log: createLogger(config.logLevel), onLost: fail });
    await database.close();
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

try {
  await program.parseAsync();
} catch (error) {
  console.error(describeStartError(error));
  process.exitCode = 1;
}
