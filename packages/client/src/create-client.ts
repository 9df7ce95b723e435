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

export interface ClientOptions {
  /** Where Gangway is reached, such as `https://gangway.example`. */
  readonly url: string;
  /** An API key, or a function that gives an access token of `/api/oauth/token`; it is asked before each request. */
  readonly credential: string | (() => Promise<string>);
}

/** What a partner may call: the partner plane of the API, with its types. */
export type GangwayClient = TRPCClient<PartnerRouter>;

const KEY = 'idempotencyKey';

/**
 * Makes repeated calls one: `create.mutate(tenant, once('order-4711'))` can be sent again, with the same input, when no
 * answer came. For 24 hours, for what REST has as POST.
 */
export function once(key: string): { context: Record<string, unknown> } {
  return { context: { [KEY]: key } };
}

/**
 * The typed client for partners. Errors are TRPCClientError with `data.httpStatus`, `data.reasonCode` (stable) and
 * `data.requestId`; a 401 says that the token has ended and wants to be refreshed.
 */
export function createGangwayClient({ url, credential }: ClientOptions): GangwayClient {
  const trpcUrl = `${url.replace(/\/+$/, '')}/trpc`;
  const authorize = async () => ({
    authorization: `Bearer ${typeof credential === 'string' ? credential : await credential()}`,
  });
  // The server refuses longer batches.
  const batched = httpBatchLink({ url: trpcUrl, maxItems: 10, headers: authorize });
  // A key is for one call, and so goes by itself.
  const alone = httpLink({
    url: trpcUrl,
    headers: async ({ op }) => ({ ...(await authorize()), 'idempotency-key': String(op.context[KEY]) }),
  });
  const events = httpSubscriptionLink({
    url: trpcUrl,
    EventSource,
    eventSourceOptions: {
      fetch: async (address, init) =>
        fetch(address, { ...init, headers: { ...init.headers, ...(await authorize()) } }),
    },
  });
  const calls = splitLink({ condition: ({ context }) => KEY in context, true: alone, false: batched });
  return createTRPCClient<PartnerRouter>({
    links: [splitLink({ condition: ({ type }) => type === 'subscription', true: events, false: calls })],
  });
}
