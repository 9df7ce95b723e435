import type { PartnerRouter } from '@gangway/api/partner-router';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import { createAccessTokens, type TokenSource } from './access-tokens.js';
import { findIdempotencyKey } from './idempotency-key.js';
import { findPreference } from './prefer-wait.js';
import { repeatLink } from './repeat-link.js';
import { sendJson } from './send-json.js';

interface Connection {
  /** Where Gangway is reached, such as `https://gangway.example`. */
  readonly url: string;
  /** Sends every request: for a proxy, a trace or a test. Default: the `fetch` of the runtime. */
  readonly fetch?: typeof fetch;
  /** How often a call is repeated at most, where that is safe. Default 4; 0 repeats nothing. */
  readonly maxRepeats?: number;
}

/** How the client proves who it is: by one of three kinds of credential. */
export type ClientOptions = Connection &
  (
    | {
        /** An API key (`gwk_…`). */
        readonly apiKey: string;
      }
    | {
        /** An OAuth client: the client requests access tokens, and renews them before they end. */
        readonly clientId: string;
        readonly clientSecret: string;
      }
    | {
        /** An API key, or a function that gives an access token; it is called before each request. */
        readonly credential: string | (() => Promise<string>);
      }
  );

/** What a partner may call: the partner plane of the API, with its types. */
export type GangwayClient = TRPCClient<PartnerRouter>;

/**
 * The typed client for partners: `createGangwayClient({ url, apiKey }).provisioning.tenants.list.query({})`. Calls are
 * repeated where that is safe (see `maxRepeats`). What is rejected is thrown: `isGangwayError` tells by which reason code.
 */
export function createGangwayClient(options: ClientOptions): GangwayClient {
  const origin = options.url.replace(/\/+$/, '');
  // Called as a plain function: some runtimes reject `fetch` with a foreign `this`.
  const send: typeof fetch = (...request) => (options.fetch ?? fetch)(...request);
  const tokens = createTokenSource(options, origin, send);
  const authorize = async () => ({ authorization: `Bearer ${await tokens.get()}` });
  const url = `${origin}/trpc`;
  // tRPC has its own, wider name for what `fetch` takes.
  const http = {
    url,
    fetch: (input: string | URL | Request, init: object = {}) => sendJson(send, input, init),
  };
  // The server rejects longer batches.
  const batched = httpBatchLink({ ...http, maxItems: 10, headers: authorize });
  // These headers are for one call, so that call goes by itself.
  const alone = httpLink({
    ...http,
    headers: async ({ op }) => ({
      ...(await authorize()),
      'idempotency-key': findIdempotencyKey(op.context) ?? undefined,
      prefer: findPreference(op.context) ?? undefined,
    }),
  });
  const events = httpSubscriptionLink({
    url,
    EventSource,
    eventSourceOptions: {
      fetch: async (address, init) =>
        send(address, { ...init, headers: { ...init.headers, ...(await authorize()) } }),
    },
  });
  return createTRPCClient<PartnerRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: events,
        false: [
          repeatLink(options.maxRepeats ?? 4, tokens),
          splitLink({
            condition: ({ context }) =>
              findIdempotencyKey(context) !== null || findPreference(context) !== null,
            true: alone,
            false: batched,
          }),
        ],
      }),
    ],
  });
}

function createTokenSource(options: ClientOptions, url: string, send: typeof fetch): TokenSource {
  if ('clientId' in options) {
    const { clientId, clientSecret } = options;
    return createAccessTokens({ url, clientId, clientSecret, fetch: send });
  }
  const credential = 'apiKey' in options ? options.apiKey : options.credential;
  return {
    get: async () => (typeof credential === 'string' ? credential : credential()),
    // A function was asked for this very request; a key has no other.
    reject: () => false,
  };
}
