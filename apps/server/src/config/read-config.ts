import { resolve } from 'node:path';
import { z } from 'zod';
import { parseKeyList, type NamedKey } from './key-list.js';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where browsers reach the app, without a trailing slash. */
  readonly appUrl: string;
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Who migrates, where that is another role than the one the application works as. */
  readonly migrationDatabaseUrl: string | null;
  /** Null: the embedded engine. */
  readonly temporal: { readonly address: string; readonly namespace: string } | null;
  readonly role: 'all' | 'api' | 'worker';
  readonly demo: boolean;
  readonly sandbox: boolean;
  readonly isProduction: boolean;
  /** Null: to be generated into `dataDir`, which production refuses. */
  readonly authKeys: readonly NamedKey[] | null;
  readonly encryptionKeys: readonly NamedKey[] | null;
  readonly mailUrl: string;
  readonly mailFrom: string;
  /** As Express takes it: a number of hops, or a list of addresses. */
  readonly trustProxy: number | string | false;
  readonly trustedIssuers: readonly TrustedIssuer[];
  readonly metricsToken: string | null;
  readonly logLevel: string;
}

export interface TrustedIssuer {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly roleClaim: string;
}

/** The environment is wrong: one line for each value, naming it and never repeating it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const url = (protocols: RegExp, what: string) => z.url({ protocol: protocols, error: `must be ${what}` });
const keyList = z.string().transform((value, context) => {
  const keys = parseKeyList(value);
  if (keys) return keys;
  context.addIssue({ code: 'custom', message: 'must be a list such as "id:base64,older:base64"' });
  return z.NEVER;
});
const issuers = z.string().transform((value, context) => {
  const parsed = z.array(z.strictObject({ jwksUrl: url(/^https?$/, 'a URL'), issuer: z.string().min(1), audience: z.string().min(1), roleClaim: z.string().min(1) })).safeParse(tryJson(value));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'must be a JSON list of {jwksUrl, issuer, audience, roleClaim}' });
  return z.NEVER;
});

const environment = z.object({
  PORT: z.coerce.number('must be a port number').int('must be a port number').min(0, 'must be a port number').max(65_535, 'must be a port number').default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  APP_URL: url(/^https?$/, 'an http or https URL').transform((value) => value.replace(/\/+$/, '')).optional(),
  DATA_DIR: z.string().min(1).default('./.gangway'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'a postgresql:// URL').optional(),
  MIGRATION_DATABASE_URL: url(/^postgres(ql)?$/, 'a postgresql:// URL').optional(),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/:]+:\d+$/, 'must be host:port').optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  DEMO: flag.optional(),
  SANDBOX: flag.optional(),
  NODE_ENV: z.string().optional(),
  AUTH_KEYS: keyList.optional(),
  ENCRYPTION_KEYS: keyList.optional(),
  MAIL_URL: z.string().regex(/^(outbox:|smtps?:\/\/\S+|resend:\S+|ses:[a-z0-9-]+)$/, 'must be outbox:, smtp://…, resend:KEY or ses:REGION').default('outbox:'),
  MAIL_FROM: z.string().regex(/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/, 'must be a mail address').default('Gangway <gangway@localhost>'),
  TRUST_PROXY: z.string().optional(),
  TRUSTED_ISSUERS: issuers.optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a level of pino').default('info'),
});

/** Reads the environment once. An empty variable counts as absent. @throws ConfigError */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  }
  const values = parsed.data;
  const isProduction = values.NODE_ENV === 'production';
  const demo = values.DEMO ?? (values.DATABASE_URL === undefined && !isProduction);
  const missing = isProduction
    ? (['AUTH_KEYS', 'ENCRYPTION_KEYS'] as const).filter((name) => values[name] === undefined).map((name) => `${name} must be set in production`)
    : [];
  if (isProduction && env['FAULT']) missing.push('FAULT is refused in production');
  if (missing.length > 0) throw new ConfigError(missing);
  return {
    port: values.PORT,
    host: values.HOST,
    appUrl: values.APP_URL ?? `http://localhost:${values.PORT}`,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL ?? null,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL ?? null,
    temporal: values.TEMPORAL_ADDRESS ? { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE } : null,
    role: values.ROLE,
    demo,
    sandbox: values.SANDBOX ?? demo,
    isProduction,
    authKeys: values.AUTH_KEYS ?? null,
    encryptionKeys: values.ENCRYPTION_KEYS ?? null,
    mailUrl: values.MAIL_URL,
    mailFrom: values.MAIL_FROM,
    trustProxy: toTrustProxy(values.TRUST_PROXY),
    trustedIssuers: values.TRUSTED_ISSUERS ?? [],
    metricsToken: values.METRICS_TOKEN ?? null,
    logLevel: values.LOG_LEVEL,
  };
}

function toTrustProxy(value: string | undefined): number | string | false {
  if (value === undefined || value === '0') return false;
  return /^\d+$/.test(value) ? Number(value) : value;
}

function tryJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
