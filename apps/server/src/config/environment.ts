import { isIP } from 'node:net';
import { findUrlProblem } from '@gangway/db/connection/database-url';
import { z } from 'zod';
import { isIpRange } from './ip-range.js';
import { parseTrustProxy } from './trust-proxy.js';

const HOST_NAME = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);

const httpOrigin = z.string().refine(isHttpOrigin, 'must be like https://gangway.example, without a path');

const hostNames = z.string().transform((text, context) => {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  if (names.every((name) => HOST_NAME.test(name) || isIP(name) !== 0)) return names;
  context.addIssue({
    code: 'custom',
    message: 'must be host names with commas between, without scheme, port or wildcard',
  });
  return z.NEVER;
});

const proxyUrl = z
  .string()
  .refine(
    isProxyUrl,
    'must be like http://proxy.example:3128; in its user and password, % is written %25, / %2F, \\ %5C, # %23, ? %3F and @ %40',
  );

/** Nothing may stand behind host and port: there is the rest of a password with a character in it that ends the host. */
function isProxyUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const hasRest = pathname !== '/' || search !== '' || hash !== '';
  return /^https?:$/.test(protocol) && !hasRest && isDecodable(username) && isDecodable(password);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const ipRanges = z.string().transform((text, context) => {
  const ranges = text.split(',').map((part) => part.trim());
  if (ranges.every(isIpRange)) return ranges;
  context.addIssue({
    code: 'custom',
    message: 'must be IP addresses or networks like 203.0.113.0/28, with commas',
  });
  return z.NEVER;
});

const trustProxy = z.string().transform((text, context) => {
  const parsed = parseTrustProxy(text);
  if (parsed !== null) return parsed;
  context.addIssue({
    code: 'custom',
    message: 'must be 0, a number of proxies, or their addresses like 10.0.0.0/8',
  });
  return z.NEVER;
});

const postgresUrl = z.string().superRefine((text, context) => {
  const problem = findUrlProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

/** Every variable there is. Empty means absent. What depends on others, or on files, is in load-config.ts. */
export const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  APP_URL: httpOrigin.optional(),
  ALLOWED_HOSTS: hostNames.optional(),
  DATA_DIR: z.string().default('./.gangway'),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[\w.[\]:-]+:\d{1,5}$/, 'must be like 127.0.0.1:7233')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_PARTNER_ID: z.uuid('must be the id of a partner').optional(),
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  DEMO: flag.optional(),
  SANDBOX: flag.optional(),
  AUTH_KEYS: z.string().optional(),
  ENCRYPTION_KEYS: z.string().optional(),
  MAIL_URL: z.string().default('outbox:'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, 'must be an e-mail address, or a name with one in <>')
    .default('Gangway <gangway@localhost>'),
  TRUST_PROXY: trustProxy.prefault('0'),
  TRUSTED_ISSUERS: z.string().optional(),
  LIMIT_CALLS_PER_ADDRESS: wholeNumber(1, 999_999_999).optional(),
  LIMIT_CALLS_PER_USER: wholeNumber(1, 999_999_999).optional(),
  LIMIT_CALLS_PER_PARTNER: wholeNumber(1, 999_999_999).optional(),
  LIMIT_STREAMS_PER_USER: wholeNumber(1, 999_999_999).optional(),
  LIMIT_STREAMS_PER_PARTNER: wholeNumber(1, 999_999_999).optional(),
  HTTPS_PROXY: proxyUrl.optional(),
  NO_PROXY: z.string().optional(),
  OUTBOUND_ADDRESSES: ipRanges.optional(),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
  /** Breaks something on purpose, in tests of the built server. */
  FAULT: z.string().optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
});

export type Environment = z.infer<typeof environment>;

function isHttpOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username;
}
