import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { createTestDatabase } from '@gangway/db/test-database';
import { findAllowedWatchers, type Watching } from '@gangway/domain/access/find-allowed-watchers';
import { PasswordHasher } from '@gangway/domain/auth/password-hasher';
import { DenialLog } from '@gangway/domain/denials/denial-log';
import { seedDemo } from '@gangway/domain/demo/seed-demo';
import type { AppContext } from '@gangway/domain/app-context';
import type { MailTransport } from '@gangway/domain/mail/transport';
import { CallLimits, type CallsPerMinute } from '@gangway/domain/limits/call-limits';
import { StreamLimits, type StreamsAtOnce } from '@gangway/domain/limits/stream-limits';
import { outboxTransport } from '@gangway/domain/mail/transports/outbox';
import { authorizeRun } from '@gangway/domain/operations/authorize-run';
import { recordFinishedRun } from '@gangway/domain/operations/record-finished-run';
import { createRegistry } from '@gangway/domain/operations/registry';
import { generateAuthKeys, parseAuthKeys } from '@gangway/domain/partner-auth/auth-key';
import { createPartnerTokens, type PartnerTokens } from '@gangway/domain/partner-auth/partner-tokens';
import type { TrustedIssuer } from '@gangway/domain/partner-auth/trusted-issuer';
import { createEmbeddedEngine } from '@gangway/engine/embedded/engine';
import { WatchHub } from '@gangway/engine/watch/hub';
import { watchRun } from '@gangway/engine/watch/watch-run';
import { createMicrosoftProvider } from '@gangway/providers/microsoft/create-microsoft-provider';
import express from 'express';
import type { WatchRun } from '../context.js';
import { createTrpcMiddleware } from '../trpc-middleware.js';
import { createProvisioningApi } from './provisioning-api.js';

export interface PartnerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, as far as a test looks into it. */
  readonly body: Record<string, unknown>;
}

export interface TestPartnerApi {
  readonly app: AppContext;
  readonly tokens: PartnerTokens;
  readonly base: string;
  readonly ownerUrl: string;
  readonly call: (
    method: string,
    path: string,
    options?: { token?: string | null; body?: unknown; headers?: Record<string, string> },
  ) => Promise<PartnerAnswer>;
  readonly tokenOf: (clientId: string) => Promise<string>;
  /** Waits until the run has ended or is parked. */
  readonly finished: (operationRunId: string) => Promise<PartnerAnswer>;
  /** Where the API was started without its engine. */
  readonly startEngine: () => Promise<void>;
  /** How many event streams are open, and how many calls wait. */
  readonly watching: () => number;
  /** Ends them, as a server does that shuts down. */
  readonly stopWatching: () => Promise<void>;
  readonly unexpected: unknown[];
  readonly close: () => Promise<void>;
}

export const DEMO_KEY = 'gwk_demo_partner_admin';

/** The partner plane over real HTTP, as addresses and as procedures, with the embedded engine, on a database of its own with the demo data. */
export async function startTestPartnerApi(
  options: {
    mail?: MailTransport;
    callsPerMinute?: CallsPerMinute;
    streamsAtOnce?: StreamsAtOnce;
    trustedIssuers?: TrustedIssuer[];
    withoutEngine?: boolean;
  } = {},
): Promise<TestPartnerApi> {
  const database = await createTestDatabase({ poolMax: 10 });
  const { db } = database;
  const tokens = createPartnerTokens({
    keys: await parseAuthKeys(await generateAuthKeys()),
    issuer: 'http://localhost:3000',
    audience: 'http://localhost:3000/api',
    trustedIssuers: options.trustedIssuers ?? [],
  });
  let isStarted = false;
  const startEngine = async (): Promise<void> => {
    isStarted = true;
    await engine.start();
  };
  const app: AppContext = {
    db,
    keys: [{ id: 'test', key: randomBytes(32) }],
    provider: createMicrosoftProvider({ sandboxOrigin: null }),
    denials: new DenialLog({ db: database.db }),
    hasher: new PasswordHasher({ concurrency: 2, queue: 64, cost: 4 }),
    engine: {
      create: (...run) => engine.create(...run),
      wake: (id) => (isStarted ? engine.wake(id) : undefined),
      signal: (...signal) => engine.signal(...signal),
      listRollBack: (id) => engine.listRollBack(id),
    },
    appUrl: 'http://localhost:3000',
    mailFrom: 'Gangway <gangway@localhost>',
    mail: options.mail ?? outboxTransport,
    partnerTokens: tokens,
    callLimits: new CallLimits(options.callsPerMinute),
    streamLimits: new StreamLimits(options.streamsAtOnce),
    sandbox: false,
  };
  const registry = createRegistry(app);
  const unexpected: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (...details: unknown[]) => void unexpected.push(details),
  };
  const engine = createEmbeddedEngine({
    db: database.db,
    log,
    registry,
    authorize: (run) => authorizeRun(database.db, run),
    onFinished: recordFinishedRun,
  });
  await seedDemo(app);
  const hub = new WatchHub<Watching>({
    db: database.db,
    isStillAllowed: (watchers) => findAllowedWatchers(database.db, watchers),
    recheckMs: 200,
  });
  await hub.start();
  if (!options.withoutEngine) await startEngine();
  const expressApp = express();
  expressApp.disable('etag');
  let requests = 0;
  const parts = {
    app,
    watch: (...[who, operationRunId, afterSeq, signal]: Parameters<WatchRun>) =>
      watchRun(hub, { who, operationRunId, afterSeq, signal }),
    requestIdOf: () => `request-${(requests += 1)}`,
    onUnexpected: (error: unknown) => void unexpected.push(error),
  };
  expressApp.use('/trpc', createTrpcMiddleware(parts));
  const file = createRequire(import.meta.url).resolve('express');
  const files = { referenceScriptPath: file, clientArchivePath: file };
  expressApp.use(createProvisioningApi({ ...parts, ...files, nonceOf: () => 'test-nonce' }));
  const server = expressApp.listen(0, '127.0.0.1');
  // A connection that is just used again must not be one that was just given up: tests may pause for long.
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const call: TestPartnerApi['call'] = async (
    method,
    path,
    { token = DEMO_KEY, body, headers = {} } = {},
  ) => {
    const isText = typeof body === 'string';
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
  const tokenOf = async (clientId: string): Promise<string> => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: `${clientId}-secret`,
    });
    const response = await fetch(`${base}/api/oauth/token`, { method: 'POST', body: form });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  return {
    app,
    tokens,
    base,
    ownerUrl: database.ownerUrl,
    call,
    watching: () => hub.watching,
    stopWatching: () => hub.stop(),
    unexpected,
    startEngine,
    tokenOf,
    async finished(operationRunId) {
      // Watched by a credential that did not start anything, so that no password is taken by looking.
      const watcher = await tokenOf('demo-integration');
      for (let round = 0; round < 200; round += 1) {
        const answer = await call('GET', `/api/provisioning/operation-runs/${operationRunId}`, {
          token: watcher,
        });
        if (answer.body['status'] === 'succeeded' || answer.body['status'] === 'failed') return answer;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`Run ${operationRunId} did not end`);
    },
    async close() {
      await hub.stop();
      await engine.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await database.drop();
    },
  };
}
