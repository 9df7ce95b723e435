import { readFileSync } from 'node:fs';
import type { TemporalConfig, TemporalTls } from './options.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, and for (mutual) TLS `TEMPORAL_TLS` = 1 or any of
 * `TEMPORAL_TLS_CA_FILE`, `TEMPORAL_TLS_CERT_FILE`, `TEMPORAL_TLS_KEY_FILE`, `TEMPORAL_TLS_SERVER_NAME`.
 * @returns null without an address: the embedded engine it is
 * @throws RangeError naming the variable that is wrong
 */
export function readTemporalConfig(env: Env): TemporalConfig | null {
  const address = env['TEMPORAL_ADDRESS'];
  if (!address) return null;
  if (!/^[^\s:/]+:\d{1,5}$/.test(address) && !/^\[[0-9a-f:]+\]:\d{1,5}$/i.test(address))
    throw new RangeError('TEMPORAL_ADDRESS must be host:port');
  const tls = readTls(env);
  const apiKey = env['TEMPORAL_API_KEY'];
  return {
    address,
    namespace: env['TEMPORAL_NAMESPACE'] || 'default',
    ...(tls && { tls }),
    ...(apiKey && { apiKey }),
  };
}

function readTls(env: Env): TemporalTls | true | null {
  const ca = readPem(env, 'TEMPORAL_TLS_CA_FILE');
  const certificate = readPem(env, 'TEMPORAL_TLS_CERT_FILE');
  const key = readPem(env, 'TEMPORAL_TLS_KEY_FILE');
  const serverName = env['TEMPORAL_TLS_SERVER_NAME'];
  if (!certificate !== !key)
    throw new RangeError(`${certificate ? 'TEMPORAL_TLS_KEY_FILE' : 'TEMPORAL_TLS_CERT_FILE'} is missing`);
  if (ca || certificate || serverName)
    return {
      ...(ca && { ca }),
      ...(certificate && { certificate }),
      ...(key && { key }),
      ...(serverName && { serverName }),
    };
  return env['TEMPORAL_TLS'] === '1' || env['TEMPORAL_API_KEY'] ? true : null;
}

function readPem(env: Env, variable: string): Buffer | null {
  const file = env[variable];
  if (!file) return null;
  try {
    return readFileSync(file);
  } catch {
    throw new RangeError(`${variable} cannot be read`);
  }
}
