import { toAppError } from '@gangway/domain/to-app-error';
import { isApiKeyText } from '@gangway/domain/partner-auth/api-key-text';
import { createPartnerTokens } from '@gangway/domain/partner-auth/partner-tokens';
import { TokenRefusedError } from '@gangway/domain/partner-auth/trusted/token-refused-error';
import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { loadEnvFile } from '../load-env-file.js';
import { useOutboundProxy } from '../use-outbound-proxy.js';
import { CommandError } from './command-error.js';
import { print } from './print.js';

/** Longer ones are refused as such by the server. */
const MAX_LENGTH = 8_192;

/** Why a token is refused, by the environment of the server; for the operator. */
export function addTokenCommands(program: Command): void {
  program
    .command('tokens')
    .description('looks into access tokens, as the operator')
    .command('explain')
    .description(
      'reads a token from stdin and says which check it fails (exit code 1), or what it grants; keeps nothing of it',
    )
    .action(async () => {
      const token = (await readStdin()).trim().replace(/^Bearer /i, '');
      loadEnvFile();
      const explanation = await explain(token);
      print(explanation);
      // For scripts, which look at the exit code.
      if (!explanation.valid) process.exitCode = 1;
    });
}

interface Explanation extends Record<string, unknown> {
  readonly valid: boolean;
}

async function explain(token: string): Promise<Explanation> {
  if (isApiKeyText(token)) throw new CommandError('That is an API key, and no token');
  if (token.length > MAX_LENGTH)
    return { valid: false, check: 'format', why: `It is longer than ${MAX_LENGTH} characters` };
  const config = await loadConfig(process.env);
  if (config.outboundProxy) useOutboundProxy(config.outboundProxy);
  const url = config.appUrl ?? `http://localhost:${config.port}`;
  const tokens = createPartnerTokens({
    ...{ keys: config.authKeys, issuer: url, audience: `${url}/api` },
    trustedIssuers: config.trustedIssuers,
  });
  try {
    const subject = await tokens.examine(token);
    return {
      valid: true,
      ...subject,
      ...(subject.kind === 'external' ? { next: 'The partner has to exist: see `partners list`' } : {}),
    };
  } catch (error) {
    if (error instanceof TokenRefusedError) return { valid: false, check: error.check, why: error.message };
    if (toAppError(error)?.refusal === 'unavailable')
      return { valid: false, check: 'key', why: 'The keys of its issuer cannot be fetched from jwksUrl' };
    throw error;
  }
}

async function readStdin(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
