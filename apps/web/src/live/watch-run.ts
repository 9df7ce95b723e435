import type { RunEvent } from '@gangway/contract/operations';

/** The server pings every 5 s; three missed pings are a dead connection that nobody closed. */
const SILENCE_MS = 15_000;

interface Watch {
  readonly workspaceId: string;
  readonly operationRunId: string;
  /** The last event already seen; the stream goes on after it. */
  readonly lastEventId: string | null;
  readonly onEvent: (id: string, event: RunEvent) => void;
  readonly onStream: (state: 'open' | 'lost') => void;
}

/**
 * Streams the events of one run until the returned function is called. It reads tRPC's server-sent events with the
 * browser's own EventSource, which reconnects after the last event by itself; tRPC's subscription link does the same
 * in 5 kB that would be part of the first load.
 */
export function watchRun({ workspaceId, operationRunId, lastEventId, onEvent, onStream }: Watch): () => void {
  let seen = lastEventId;
  let source = open();
  let watchdog = setTimeout(reopen, SILENCE_MS);

  function open(): EventSource {
    const input = JSON.stringify({ workspaceId, operationRunId, lastEventId: seen });
    const opened = new EventSource(`/trpc/operations.watch?${new URLSearchParams({ input }).toString()}`);
    opened.addEventListener('open', heard);
    opened.addEventListener('error', () => onStream('lost'));
    opened.addEventListener('ping', heard);
    opened.addEventListener('message', ({ data, lastEventId: id }: MessageEvent<string>) => {
      heard();
      seen = id;
      onEvent(id, JSON.parse(data) as RunEvent);
    });
    // The end of the run, or a refusal such as a right that was taken away: polling learns which.
    opened.addEventListener('return', () => close());
    opened.addEventListener('serialized-error', () => {
      close();
      onStream('lost');
    });
    return opened;
  }

  function heard(): void {
    onStream('open');
    clearTimeout(watchdog);
    watchdog = setTimeout(reopen, SILENCE_MS);
  }

  function reopen(): void {
    source.close();
    onStream('lost');
    source = open();
    watchdog = setTimeout(reopen, SILENCE_MS);
  }

  function close(): void {
    clearTimeout(watchdog);
    source.close();
  }
  return close;
}
