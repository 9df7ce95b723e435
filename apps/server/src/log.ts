import { pino, type Logger } from 'pino';

/** Names under which a secret could reach a log line. */
const SECRETS = [
  'password',
  'currentPassword',
  'newPassword',
  'clientSecret',
  'client_secret',
  'privateKeyPem',
  'token',
  'accessToken',
  'access_token',
  'authorization',
  'cookie',
  'secret',
  'temporaryPassword',
  'temporary_password',
  'ciphertext',
];

export function createLog(level: string): Logger {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: [...paths, 'req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'], censor: '[redacted]' },
    serializers: { error: toLoggedError, err: toLoggedError },
  });
}

/** Name, code and stack of an error. Drivers put statements and values into messages, so those stay out of the log. */
function toLoggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12) ?? [];
  const cause = error.cause instanceof Error ? { cause: toLoggedError(error.cause) } : {};
  return { name: error.name, code, frames, ...cause };
}
