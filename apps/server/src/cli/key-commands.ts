import { generateAuthKeys } from '@gangway/domain/partner-auth/auth-key';
import { resealSecrets } from '@gangway/domain/secrets/reseal-secrets';
import type { Command } from 'commander';
import { generateEncryptionKeys } from '../config/keys.js';
import { loadConfig } from '../config/load-config.js';
import { deriveTemporalPayloadKeys, printTemporalPayloadKeys } from '../config/temporal-payload-keys.js';
import { loadEnvFile } from '../load-env-file.js';
import { CommandError } from './command-error.js';
import { print } from './print.js';
import { besideServer } from './with-database.js';

/** The keys that tokens are signed and secrets encrypted with: for the operator. */
export function addKeyCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description('prints new AUTH_KEYS and ENCRYPTION_KEYS, as lines for an environment file')
    .action(async () => {
      console.log(`AUTH_KEYS='${await generateAuthKeys()}'`);
      console.log(`ENCRYPTION_KEYS=${generateEncryptionKeys()}`);
    });
  keys
    .command('temporal')
    .description(
      'prints the keys of this server that encrypt payloads on Temporal, for clients with a payload codec of their own',
    )
    .action(async () => {
      loadEnvFile();
      const { encryptionKeys } = await loadConfig(process.env);
      const payloadKeys = deriveTemporalPayloadKeys(encryptionKeys);
      console.log(`TEMPORAL_PAYLOAD_KEYS=${printTemporalPayloadKeys(payloadKeys)}`);
    });
  program
    .command('reseal')
    .description('encrypts stored secrets anew with the first of ENCRYPTION_KEYS, so that older ones can go')
    .action(async () => {
      const result = await besideServer(async (db) => {
        const { encryptionKeys } = await loadConfig(process.env);
        return resealSecrets({ db, keys: encryptionKeys });
      });
      print(result);
      if (result.unreadable.length > 0)
        throw new CommandError('What is listed as unreadable is opened by none of ENCRYPTION_KEYS');
    });
}
