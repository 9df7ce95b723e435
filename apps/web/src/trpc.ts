import { QueryCache, QueryClient, MutationCache } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';
import { createTRPCReact, getQueryKey, type CreateTRPCReact } from '@trpc/react-query';
import type { AppRouter } from '@gangway/api/app-router';
import { isSessionOver, isTransient } from './errors.js';
import { openSignInDialog } from './auth/sign-in-dialog-store.js';

export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

export const trpcClient: TRPCClient<AppRouter> = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/trpc', maxItems: 10, maxURLLength: 4_000 })],
});

// A session that ends while a page is open is answered over the page, so that nothing typed is lost.
function onError(error: Error): void {
  const wasSignedIn = queryClient.getQueryData(getQueryKey(trpc.auth.me, undefined, 'query')) !== undefined;
  if (isSessionOver(error) && wasSignedIn) openSignInDialog();
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && isTransient(error),
      retryDelay: (failures) => 500 * 2 ** failures,
    },
    mutations: { retry: false },
  },
});
