import { createGangwayClient, type GangwayClient } from '@gangway/client/index';
import { z } from 'zod';
import { ConfigError } from '../config/config-error.js';
import { CommandError } from './command-error.js';
import { loadEnvFile } from '../load-env-file.js';

/** Where a partner's commands go, and as whom. */
export interface Access {
  readonly url: string;
  /** An API key, or a fresh access token. */
  readonly credential: () => Promise<string>;
  readonly client: GangwayClient;
}

const token = z.object({ access_token: z.string() });

/**
 * Reads GANGWAY_URL (else APP_URL, else this machine), and GANGWAY_API_KEY, or GANGWAY_CLIENT_ID with
 * GANGWAY_CLIENT_SECRET. From the environment only: arguments can be read by every user of the machine.
 * @throws ConfigError without a credential
 */
export function readAccess(env: NodeJS.ProcessEnv): Access {
  loadEnvFile();
  const url = serverUrl(env);
  const { GANGWAY_API_KEY: key, GANGWAY_CLIENT_ID: id, GANGWAY_CLIENT_SECRET: secret } = env;
  if (!key && !(id && secret))
    throw new ConfigError(['Set GANGWAY_API_KEY, or GANGWAY_CLIENT_ID and GANGWAY_CLIENT_SECRET']);
  const credential = key ? () => Promise.resolve(key) : () => fetchToken(url, id ?? '', secret ?? '');
  return { url, credential, client: createGangwayClient({ url, credential }) };
}

/** Where the server is that a partner's commands ask. */
export function serverUrl(env: NodeJS.ProcessEnv): string {
  const url = env['GANGWAY_URL'] ?? env['APP_URL'] ?? `http://localhost:${env['PORT'] ?? '3000'}`;
  return url.replace(/\/+$/, '');
}

async function fetchToken(url: string, id: string, secret: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  const response = await fetch(`${url}/api/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  if (!response.ok) throw new CommandError(`The client was refused (${response.status})`);
  return token.parse(await response.json()).access_token;
}
