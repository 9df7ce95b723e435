import path from 'node:path';
import { createMailTransport } from '@gangway/domain/mail/create-transport';
import { CALLS_PER_MINUTE, type CallsPerMinute } from '@gangway/domain/limits/call-limits';
import { STREAMS_AT_ONCE, type StreamsAtOnce } from '@gangway/domain/limits/stream-limits';
import type { MailTransport } from '@gangway/domain/mail/transport';
import { generateAuthKeys, parseAuthKeys, type AuthKeyRing } from '@gangway/domain/partner-auth/auth-key';
import { parseTrustedIssuers, type TrustedIssuer } from '@gangway/domain/partner-auth/trusted-issuer';
import type { KeyRing } from '@gangway/domain/secrets/key-ring';
import { readTemporalConfig } from '@gangway/engine/temporal/read-temporal-config';
import type { TemporalConfig } from '@gangway/engine/temporal/options';
import { DEMO_PARTNER } from '@gangway/domain/demo/seed-partners';
import type { OutboundProxy } from '../use-outbound-proxy.js';
import { ConfigError } from './config-error.js';
import { environment, type Environment } from './environment.js';
import { generateEncryptionKeys, parseEncryptionKeys, readOrCreateKeyFile } from './keys.js';
import { isLoopbackName } from './is-loopback-name.js';
import type { TrustProxy } from './trust-proxy.js';
import { wantsTelemetry } from './wants-telemetry.js';

/** The environment, read once: a value that everything else is built from. */
export interface Config {
  readonly isProduction: boolean;
  readonly port: number;
  readonly host: string;
  /** Where browsers reach us, without a trailing slash; null: wherever we listen. */
  readonly appUrl: string | null;
  /** Names besides APP_URL and loopback that requests may ask for, in lower case and without a port. */
  readonly allowedHosts: readonly string[];
  /** Absolute. */
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Who migrates, where that is another role than the one the application works as. */
  readonly migrationDatabaseUrl: string | null;
  /** Null: the embedded engine. */
  readonly temporal: TemporalConfig | null;
  /** Whose tenants those are that are created straight through Temporal; null: the only partner's. */
  readonly temporalPartnerId: string | null;
  readonly role: 'all' | 'api' | 'worker';
  readonly demo: boolean;
  readonly sandbox: boolean;
  readonly authKeys: AuthKeyRing;
  readonly encryptionKeys: KeyRing;
  readonly mail: MailTransport;
  readonly mailFrom: string;
  readonly trustProxy: TrustProxy;
  readonly trustedIssuers: readonly TrustedIssuer[];
  /** Calls in a minute, and event streams at once, in this process. */
  readonly callsPerMinute: CallsPerMinute;
  readonly streamsAtOnce: StreamsAtOnce;
  /** The way out to Microsoft and other services; null: straight. */
  readonly outboundProxy: OutboundProxy | null;
  /** Where requests of this server come from, as Microsoft sees it; empty: not known. */
  readonly outboundAddresses: readonly string[];
  readonly metricsToken: string | null;
  readonly logLevel: string;
  /** Whether OpenTelemetry's own variables ask for it. */
  readonly telemetry: boolean;
  /** What breaks on purpose, in tests. */
  readonly fault: string | null;
}

/** @throws ConfigError with one line for every wrong value */
export async function loadConfig(variables: NodeJS.ProcessEnv): Promise<Config> {
  const present = readPresent(variables);
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const env = parsed.data;
  const isProduction = env.NODE_ENV === 'production';
  if (isProduction) refuseInProduction(env);
  // Everybody knows the demo accounts: only this machine gets them unasked.
  const demo =
    env.DEMO ?? (env.DATABASE_URL === undefined && !isProduction && isLoopbackName(env.HOST.toLowerCase()));
  const dataDir = path.resolve(env.DATA_DIR);
  const { temporal, ...parts } = await readParts({
    temporal: () => ({ config: readTemporalConfig(present) }),
    mail: () => createMailTransport(env.MAIL_URL, present),
    trustedIssuers: () => parseTrustedIssuers(env.TRUSTED_ISSUERS),
    authKeys: async () =>
      parseAuthKeys(env.AUTH_KEYS ?? (await readOrCreateKeyFile(dataDir, 'auth.keys', generateAuthKeys))),
    encryptionKeys: async () =>
      parseEncryptionKeys(
        env.ENCRYPTION_KEYS ??
          (await readOrCreateKeyFile(dataDir, 'encryption.keys', generateEncryptionKeys)),
      ),
  });
  return {
    isProduction,
    port: env.PORT,
    host: env.HOST,
    allowedHosts: env.ALLOWED_HOSTS ?? [],
    appUrl: env.APP_URL ? new URL(env.APP_URL).origin : null,
    dataDir,
    databaseUrl: env.DATABASE_URL ?? null,
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL ?? null,
    temporalPartnerId: env.TEMPORAL_PARTNER_ID ?? (demo ? DEMO_PARTNER : null),
    fault: env.FAULT ?? null,
    role: env.ROLE,
    demo,
    sandbox: env.SANDBOX ?? demo,
    ...parts,
    temporal: temporal.config,
    mailFrom: env.MAIL_FROM,
    trustProxy: env.TRUST_PROXY,
    callsPerMinute: {
      address: env.LIMIT_CALLS_PER_ADDRESS ?? CALLS_PER_MINUTE.address,
      user: env.LIMIT_CALLS_PER_USER ?? CALLS_PER_MINUTE.user,
      partner: env.LIMIT_CALLS_PER_PARTNER ?? CALLS_PER_MINUTE.partner,
    },
    streamsAtOnce: {
      user: env.LIMIT_STREAMS_PER_USER ?? STREAMS_AT_ONCE.user,
      partner: env.LIMIT_STREAMS_PER_PARTNER ?? STREAMS_AT_ONCE.partner,
    },
    outboundProxy: env.HTTPS_PROXY ? { url: env.HTTPS_PROXY, exceptions: env.NO_PROXY ?? '' } : null,
    outboundAddresses: env.OUTBOUND_ADDRESSES ?? [],
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    telemetry: wantsTelemetry(present),
  };
}

function refuseInProduction(env: Environment): void {
  const missing = (['AUTH_KEYS', 'ENCRYPTION_KEYS'] as const).filter((name) => env[name] === undefined);
  const problems = missing.map(
    (name) => `${name} must be set in production (npm run gangway -- keys makes new ones)`,
  );
  // Mails would link to localhost, and behind a proxy browsers would be taken for another site's.
  if (env.APP_URL === undefined)
    problems.push(
      'APP_URL must be set in production: the address that browsers use, like https://gangway.example',
    );
  if (env.FAULT) problems.push('FAULT is refused in production');
  if (problems.length > 0) throw new ConfigError(problems);
}

/**
 * The variables that are not empty. Quotes around a whole value are those of a shell: `docker --env-file` and systemd's
 * `Environment=` leave them where `.env` and shells take them away.
 */
function readPresent(variables: NodeJS.ProcessEnv): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(variables)) {
    const [, , unquoted = value] = /^(['"])(.*)\1$/s.exec(value.trim()) ?? [];
    if (unquoted.trim() !== '') present[name] = unquoted;
  }
  // Most tools read these in lower case, some in upper case only.
  for (const name of ['HTTPS_PROXY', 'NO_PROXY']) {
    const value = present[name] ?? present[name.toLowerCase()];
    if (value !== undefined) present[name] = value;
  }
  return present;
}

interface Parts {
  /** Boxed, because null is a good value. */
  temporal: { config: TemporalConfig | null };
  mail: MailTransport;
  trustedIssuers: TrustedIssuer[];
  authKeys: AuthKeyRing;
  encryptionKeys: KeyRing;
}

/** The values whose format is known elsewhere. All are looked at, so that all that are wrong are named at once. */
async function readParts(read: {
  [Name in keyof Parts]: () => Parts[Name] | Promise<Parts[Name]>;
}): Promise<Parts> {
  const problems: string[] = [];
  const attempt = async <T>(readOne: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await readOne();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // Both kinds of keys are kept in one directory.
      if (!problems.includes(error.message)) problems.push(error.message);
      return null;
    }
  };
  const temporal = await attempt(read.temporal);
  const mail = await attempt(read.mail);
  const trustedIssuers = await attempt(read.trustedIssuers);
  const authKeys = await attempt(read.authKeys);
  const encryptionKeys = await attempt(read.encryptionKeys);
  if (!temporal || !mail || !trustedIssuers || !authKeys || !encryptionKeys) throw new ConfigError(problems);
  return { temporal, mail, trustedIssuers, authKeys, encryptionKeys };
}
