import type { AppRouter } from '@gangway/api/app-router';
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';

export interface ClientOptions {
  /** Where Gangway is reached, such as `https://gangway.example`. */
  readonly url: string;
  /** An API key, or a function that gives an access token of `/api/oauth/token`; it is asked before each request. */
  readonly credential: string | (() => Promise<string>);
}

/** What a partner may call: the partner plane of the API, with its types. */
export type GangwayClient = Pick<TRPCClient<AppRouter>, 'provisioning'>;

/**
 * The typed client for partners. Errors are TRPCClientError with `data.httpStatus`, `data.reasonCode` (stable) and
 * `data.requestId`; a 401 says that the token has ended and wants to be refreshed.
 */
export function createGangwayClient({ url, credential }: ClientOptions): GangwayClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${url.replace(/\/+$/, '')}/trpc`,
        // The server refuses longer batches.
        maxItems: 10,
        async headers() {
          return {
            authorization: `Bearer ${typeof credential === 'string' ? credential : await credential()}`,
          };
        },
      }),
    ],
  });
}
