import type { RunEvent } from '@gangway/contract/operations';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import type { AppRouter } from '@gangway/api/app-router';

const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: '/trpc' })] });

interface Watch {
  readonly workspaceId: string;
  readonly operationRunId: string;
  /** The last event already seen; the stream goes on after it. */
  readonly lastEventId: string | null;
  readonly onEvent: (id: string, event: RunEvent) => void;
  readonly onStream: (state: 'open' | 'lost') => void;
}

/** Streams the events of one run until the returned function is called. Reconnects by itself, after the last event. */
export function watchRun({ workspaceId, operationRunId, lastEventId, onEvent, onStream }: Watch): () => void {
  const subscription = client.operations.watch.subscribe(
    { workspaceId, operationRunId, lastEventId },
    {
      onData: ({ id, data }) => onEvent(id, data),
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'pending') onStream('open');
        else if (error) onStream('lost');
      },
      onError: () => onStream('lost'),
    },
  );
  return () => subscription.unsubscribe();
}
