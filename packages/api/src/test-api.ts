import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createTestDatabase } from '@gangway/db/test-database';
import { PasswordHasher } from '@gangway/domain/auth/password-hasher';
import { DenialLog } from '@gangway/domain/denials/denial-log';
import { DEMO_PASSWORD, seedDemo } from '@gangway/domain/demo/seed-demo';
import type { AppContext } from '@gangway/domain/app-context';
import { CallLimits, type CallsPerMinute } from '@gangway/domain/limits/call-limits';
import { StreamLimits, type StreamsAtOnce } from '@gangway/domain/limits/stream-limits';
import { outboxTransport } from '@gangway/domain/mail/transports/outbox';
import { createRegistry } from '@gangway/domain/operations/registry';
import { generateAuthKeys, parseAuthKeys } from '@gangway/domain/partner-auth/auth-key';
import { createPartnerTokens } from '@gangway/domain/partner-auth/partner-tokens';
import { createEmbeddedEngine } from '@gangway/engine/embedded/engine';
import { createMicrosoftProvider } from '@gangway/providers/microsoft/create-microsoft-provider';
import type { MicrosoftProvider } from '@gangway/providers/port';
import express from 'express';
import type { WatchRun } from './context.js';
import { createTrpcMiddleware } from './trpc-middleware.js';

export interface Answer {
  readonly status: number;
  /** Without what differs by nature: the date and the request id. */
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly data: unknown;
}

export interface TestApi {
  readonly app: AppContext;
  readonly call: (
    path: string,
    type: 'query' | 'mutation' | 'subscription',
    input: unknown,
    cookie: string | null,
  ) => Promise<Answer>;
  /** A mutation whose body is this very text, JSON or not. */
  readonly callWithText: (path: string, text: string, cookie: string | null) => Promise<Answer>;
  readonly signIn: (email: string) => Promise<string>;
  /** Where the procedures are. */
  readonly base: string;
  readonly close: () => Promise<void>;
}

/** The procedures over real HTTP on a database of their own, with the demo data. Runs stay queued: no engine is started. */
export async function startTestApi(
  options: {
    trustProxy?: boolean;
    provider?: MicrosoftProvider;
    callsPerMinute?: CallsPerMinute;
    streamsAtOnce?: StreamsAtOnce;
    watchOf?: (app: AppContext) => WatchRun;
    onUnexpected?: (error: unknown) => void;
  } = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const app: AppContext = {
    db: database.db,
    keys: [{ id: 'test', key: randomBytes(32) }],
    provider: options.provider ?? createMicrosoftProvider({ sandboxOrigin: null }),
    denials: new DenialLog({ db: database.db }),
    hasher: new PasswordHasher({ concurrency: 2, queue: 64, cost: 4 }),
    engine: {
      create: (...run) => engine.create(...run),
      wake: () => undefined,
      signal: (...signal) => engine.signal(...signal),
      listRollBack: (id) => engine.listRollBack(id),
    },
    appUrl: 'http://localhost:3000',
    mailFrom: 'Gangway <gangway@localhost>',
    mail: outboxTransport,
    partnerTokens: createPartnerTokens({
      keys: await parseAuthKeys(await generateAuthKeys()),
      issuer: 'http://localhost:3000',
      audience: 'http://localhost:3000/api',
    }),
    callLimits: new CallLimits(options.callsPerMinute),
    streamLimits: new StreamLimits(options.streamsAtOnce),
    sandbox: true,
  };
  const engine = createEmbeddedEngine({ db: database.db, registry: createRegistry(app) });
  await seedDemo(app);
  const expressApp = express();
  expressApp.set('trust proxy', options.trustProxy ?? false);
  let requests = 0;
  expressApp.use(
    '/trpc',
    createTrpcMiddleware({
      app,
      watch:
        options.watchOf?.(app) ??
        async function* () {
          // Only the way to the stream is looked at here.
        },
      requestIdOf: () => `request-${(requests += 1)}`,
      onUnexpected: options.onUnexpected ?? ((error, path) => console.error('unexpected', path, error)),
    }),
  );
  const server = expressApp.listen(0, '127.0.0.1');
  // A connection that is just used again must not be one that was just given up: tests may pause for long.
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trpc`;

  const toHeaders = (cookie: string | null): Record<string, string> => ({
    'content-type': 'application/json',
    ...(cookie?.startsWith('Bearer ') ? { authorization: cookie } : cookie ? { cookie } : {}),
  });
  const toAnswer = async (response: Response): Promise<Answer> => {
    const body = (await response.text()).replace(/request-\d+/g, 'request-id');
    const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
    const data = body.startsWith('{') ? (JSON.parse(body) as unknown) : body;
    return { status: response.status, headers, body, data };
  };
  const callWithText: TestApi['callWithText'] = async (path, text, cookie) =>
    toAnswer(await fetch(`${base}/${path}`, { method: 'POST', headers: toHeaders(cookie), body: text }));
  const call: TestApi['call'] = async (path, type, input, cookie) => {
    const text = input === undefined ? '' : JSON.stringify(input);
    if (type === 'mutation') return callWithText(path, text || '{}', cookie);
    const url = `${base}/${path}?input=${encodeURIComponent(text)}`;
    const answer = await toAnswer(await fetch(url, { headers: toHeaders(cookie) }));
    // tRPC tells the refusal of a stream inside the stream: an EventSource shows nothing of another status than 200.
    const inStream = type === 'subscription' ? /"httpStatus":(\d{3})/.exec(answer.body)?.[1] : undefined;
    return inStream ? { ...answer, status: Number(inStream) } : answer;
  };
  return {
    app,
    base,
    call,
    callWithText,
    async signIn(email) {
      const response = await fetch(`${base}/auth.signIn`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: DEMO_PASSWORD }),
      });
      return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await database.drop();
    },
  };
}
