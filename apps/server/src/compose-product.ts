import type { WatchRun } from '@gangway/api/context';
import { createProvisioningApi } from '@gangway/api/rest/provisioning-api';
import { createTrpcMiddleware } from '@gangway/api/trpc-middleware';
import type { Database } from '@gangway/db/client';
import { findAllowedWatchers, type Watching } from '@gangway/domain/access/find-allowed-watchers';
import { PasswordHasher } from '@gangway/domain/auth/password-hasher';
import { seedDemo } from '@gangway/domain/demo/seed-demo';
import { DenialLog } from '@gangway/domain/denials/denial-log';
import type { AppContext } from '@gangway/domain/app-context';
import { CallLimits } from '@gangway/domain/limits/call-limits';
import { StreamLimits } from '@gangway/domain/limits/stream-limits';
import { startMailDelivery, type MailLoop } from '@gangway/domain/mail/deliver-mail-loop';
import { createRegistry } from '@gangway/domain/operations/registry';
import { createPartnerTokens } from '@gangway/domain/partner-auth/partner-tokens';
import { startHousekeeping } from '@gangway/domain/housekeeping/start-housekeeping';
import { isPublicAddress } from '@gangway/domain/webhooks/public-address';
import { startWebhookDelivery } from '@gangway/domain/webhooks/start-webhook-delivery';
import type { OutboxLoop } from '@gangway/domain/outbox-loop';
import { findMissingKey } from '@gangway/domain/secrets/find-missing-key';
import { seal, unseal } from '@gangway/domain/secrets/seal';
import type { Engine, RunRecord } from '@gangway/engine/port';
import { WatchHub } from '@gangway/engine/watch/hub';
import { watchRun } from '@gangway/engine/watch/watch-run';
import { createMicrosoftProvider } from '@gangway/providers/microsoft/create-microsoft-provider';
import { createSandbox } from '@gangway/providers/microsoft-sandbox/create-sandbox';
import { Router, type RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { composeEngine } from './compose-engine.js';
import { ConfigError } from './config/config-error.js';
import type { Config } from './config/load-config.js';
import { CheckFailedError, type Check } from './http/health.js';
import { serveConsentReturn } from './http/consent-return.js';
import { serveMailbox } from './http/mailbox.js';
import { clientArchivePath } from './http/client-archive.js';
import { referenceScriptPath } from './http/reference-script.js';
import { requestIdOf } from './http/request-id.js';
import { noteRun } from './http/request-runs.js';
import { nonceOf } from './http/security-headers.js';
import type { Logger } from './log.js';
import { registerBacklogMetrics } from './metrics/backlog-metrics.js';
import { createDenialMetrics } from './metrics/denial-metrics.js';
import { createOperationMetrics } from './metrics/operation-metrics.js';
import { createProcedureMetrics } from './metrics/procedure-metrics.js';
import type { Telemetry } from './telemetry/telemetry.js';
import { createTokenRefusalLog } from './token-refusal-log.js';

export interface ProductInput {
  readonly config: Config;
  readonly log: Logger;
  readonly db: Database;
  /** Where browsers reach the app, without a trailing slash. */
  readonly url: string;
  /** Where this process listens. */
  readonly port: number;
  /** Where the product's own numbers go. */
  readonly registry: Registry;
  /** Null: nothing is traced. */
  readonly telemetry: Telemetry | null;
}

/** Everything between the database and HTTP. */
export interface Product {
  readonly trpc: RequestHandler;
  readonly routes: readonly Router[];
  readonly checks: readonly Check[];
  /** Begins to work. */
  start(): Promise<void>;
  /** Lets current steps end, hands the rest on. */
  close(): Promise<void>;
}

/** Builds the app context (domain), its engine and provider, and what is served of it. */
export async function composeProduct(input: ProductInput): Promise<Product> {
  const { config, log, db, telemetry } = input;
  // The operations of the registry use the app context, and the app context signals the engine that runs them.
  const concern = (operationRunId: string): void => {
    if (noteRun(operationRunId)) telemetry?.linkRun(operationRunId);
  };
  const appEngine: AppContext['engine'] = {
    create: async (...run) => {
      const created = await engine.create(...run);
      concern(created.operationRunId);
      return created;
    },
    wake: (operationRunId) => {
      concern(operationRunId);
      engine.wake(operationRunId);
    },
    signal: (operationRunId, ...signal) => {
      concern(operationRunId);
      return engine.signal(operationRunId, ...signal);
    },
    listRollBack: (operationRunId) => engine.listRollBack(operationRunId),
  };
  const app = createAppContext(input, appEngine);
  const operationRegistry = createRegistry(app);
  const registry = telemetry?.traceOperations(operationRegistry) ?? operationRegistry;
  const operations = createOperationMetrics(input.registry, app);
  registerBacklogMetrics(input.registry, app);
  const onEnded = (run: RunRecord): void => {
    operations.ended(run);
    if (!run.held) telemetry?.endRun(run);
  };
  const engine = await composeEngine({ config, log, app, registry, onEnded });
  const hub = new WatchHub<Watching>({ db, isStillAllowed: (watchers) => findAllowedWatchers(db, watchers) });
  const watch: WatchRun = (who, operationRunId, afterSeq, signal) =>
    watchRun(hub, { who, operationRunId, afterSeq, signal });
  const works = config.role !== 'api';
  let mail: MailLoop | undefined;
  let webhooks: OutboxLoop | undefined;
  let housekeeping: { stop(): Promise<void> } | undefined;
  return {
    trpc: createTrpcMiddleware({
      app,
      watch,
      requestIdOf,
      onAnswered: createProcedureMetrics(input.registry),
      ...(telemetry ? { traceCall: telemetry.traceCall } : {}),
      onUnexpected: (error, path, requestId) =>
        log.error({ err: error.cause ?? error, path, requestId }, 'A procedure failed unexpectedly'),
    }),
    routes: [
      createProvisioningApi({
        app,
        watch,
        requestIdOf,
        nonceOf,
        referenceScriptPath,
        clientArchivePath,
        onUnexpected: (error, path, requestId) =>
          log.error({ err: error, path, requestId }, 'A route failed unexpectedly'),
      }),
      serveConsentReturn(app),
      ...(config.sandbox
        ? [Router().use('/sandbox', createSandbox({ redirectOrigins: [app.appUrl], publicUrl: app.appUrl }))]
        : []),
      ...(config.demo ? [serveMailbox(app)] : []),
    ],
    checks: [engineCheck(engine, works), mailCheck(app), keyRingCheck(app)],
    async start() {
      await requireKeys(app);
      if (config.demo && config.isProduction)
        log.warn('DEMO=1 in production: everybody knows the accounts that it makes, and they stay');
      if (config.demo) await seedDemo(app);
      else if (app.mail.name === 'outbox')
        log.warn('MAIL_URL is outbox: mails are recorded, and nobody gets them');
      app.denials.start();
      await hub.start();
      if (!works) return;
      await engine.start();
      mail = startMailDelivery(app, (error) => log.error({ err: error }, 'Mail could not be delivered'));
      const onWebhookError = (error: unknown) => log.error({ err: error }, 'Webhooks failed');
      webhooks = startWebhookDelivery(app, onWebhookError, isPublicAddress, config.outboundProxy);
      housekeeping = startHousekeeping(app, { keepsMails: config.demo }, (error) =>
        log.error({ err: error }, 'Housekeeping failed'),
      );
    },
    async close() {
      await hub.stop();
      await Promise.all([engine.stop(), mail?.stop(), webhooks?.stop(), housekeeping?.stop()]);
      await app.denials.stop();
      app.mail.close();
    },
  };
}

function createAppContext(
  { config, db, url, port, log, registry, telemetry }: ProductInput,
  engine: AppContext['engine'],
): AppContext {
  return {
    db,
    engine,
    keys: config.encryptionKeys,
    provider: createMicrosoftProvider({
      sandboxOrigin: config.sandbox ? `http://127.0.0.1:${port}/sandbox` : null,
      sandboxPages: `${url}/sandbox`,
      outboundAddresses: config.outboundAddresses,
      ...(telemetry ? { fetch: telemetry.traceFetch } : {}),
    }),
    hasher: new PasswordHasher(),
    denials: new DenialLog({
      db,
      onDenied: createDenialMetrics(registry),
      onError: (error) => log.error({ err: error }, 'Denials could not be written'),
    }),
    appUrl: url,
    mailFrom: config.mailFrom,
    mail: config.mail,
    partnerTokens: createPartnerTokens({
      keys: config.authKeys,
      issuer: url,
      audience: `${url}/api`,
      trustedIssuers: config.trustedIssuers,
      onRefused: createTokenRefusalLog(log),
    }),
    callLimits: new CallLimits(config.callsPerMinute),
    streamLimits: new StreamLimits(config.streamsAtOnce),
    sandbox: config.sandbox,
  };
}

function engineCheck(engine: Engine, works: boolean): Check {
  return {
    name: 'engine',
    async run() {
      if (!works) return 'in other processes';
      const { engine: name, ok, detail } = await engine.describe();
      if (!ok) throw new Error(detail);
      return `${name}: ${detail}`;
    },
  };
}

function mailCheck(app: AppContext): Check {
  return {
    name: 'mail_transport',
    async run() {
      const reasonCode = await app.mail.verify(AbortSignal.timeout(2_000));
      if (reasonCode !== null) throw new CheckFailedError(reasonCode);
      return app.mail.name;
    },
  };
}

/** @throws ConfigError where stored secrets cannot be opened: better no server than one that loses them */
async function requireKeys(app: AppContext): Promise<void> {
  const missing = await findMissingKey(app);
  if (missing === null) return;
  throw new ConfigError([
    `ENCRYPTION_KEYS (or DATA_DIR/encryption.keys) lacks the key ${missing}: without it stored secrets cannot be read`,
  ]);
}

function keyRingCheck(app: AppContext): Check {
  return {
    name: 'key_ring',
    async run() {
      const place = { owner: 'house', row: 'readiness', field: 'probe' };
      const { ciphertext } = await seal(app.keys, place, 'probe');
      await unseal(app.keys, place, ciphertext);
      return `${app.keys.length} keys`;
    },
  };
}
