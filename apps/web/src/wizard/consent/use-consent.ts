import type { get } from '@gangway/contract/consent';
import type { z } from 'zod';
import { useWorkspace } from '../../shell/workspace-context.js';
import { trpc } from '../../trpc.js';

const POLL_MS = 4_000;

/** What consent is asked from: an onboarding, or a connection on the page of its tenant. */
export type AskedFrom = { readonly onboardingSessionId: string } | { readonly providerConnectionId: string };

interface ConsentQuery {
  /** Undefined until it is known. */
  readonly data: z.infer<typeof get.out> | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
}

/** How a consent stands; asked again while somebody is waited for and the tab is looked at. */
export function useConsent(from: AskedFrom, isEnabled = true): ConsentQuery {
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = trpc.consent.get.useQuery(
    { workspaceId, ...from },
    {
      enabled: isEnabled,
      refetchInterval: ({ state }) => state.data?.latest?.status === 'waiting' && POLL_MS,
    },
  );
  return { data, error, refetch: () => void refetch() };
}
