import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Names of what must not be written down, at whatever depth pino is asked to look. */
const SECRET_NAMES = [
  'password',
  'currentPassword',
  'newPassword',
  'temporaryPassword',
  'temporary_password',
  'passwordHash',
  'secret',
  'clientSecret',
  'client_secret',
  'privateKeyPem',
  'certificatePem',
  'pfx',
  'passphrase',
  'token',
  'access_token',
  'accessToken',
  'tokenHash',
  'apiKey',
  'api_key',
  'authorization',
  'cookie',
  '"set-cookie"',
  'credential',
  'ciphertext',
  'connectionString',
  'databaseUrl',
];

/** One line of JSON per event, on stdout, with `fields` added. Secrets are cut out by name, down to four levels. */
export function createLogger(level: string, destination?: DestinationStream, fields?: () => object): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_NAMES.flatMap(atEveryDepth), censor: '[redacted]' },
    serializers: { err: describeError, error: describeError },
    ...(fields ? { mixin: fields } : {}),
  };
  return destination ? pino(options, destination) : pino(options);
}

function atEveryDepth(name: string): string[] {
  const tail = name.startsWith('"') ? `[${name}]` : `.${name}`;
  return ['', '*', '*.*', '*.*.*'].map((head) => (head === '' ? tail.replace(/^\./, '') : `${head}${tail}`));
}

/** Drivers and Prisma put statements and values into their messages; of them only the code is written down. */
const TALKATIVE = /^(Prisma|DriverAdapter|DatabaseError|error$)/;

/** Name, code, message and where it came from. What else hangs on an error (requests, queries) may hold secrets. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    ...(TALKATIVE.test(error.name) ? {} : { message: hideUrlPasswords(error.message) }),
    frames: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}

function hideUrlPasswords(text: string): string {
  return text.replace(/(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g, '$1:[redacted]@');
}
