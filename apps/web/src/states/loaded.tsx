import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { isSessionOver, isTransient, statusOf } from '../errors.js';
import { FailurePage } from './failure-page.js';
import { Failure } from './failure.js';
import { Loading } from './loading.js';
import { LoadingPage } from './loading-page.js';
import { NotFound } from './not-found.js';
import { Reconnecting } from './reconnecting.js';

const RECONNECT_MS = 5_000;

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
  readonly dataUpdatedAt?: number;
}

interface Props<T> {
  readonly query: Answer<T>;
  readonly children: (data: T) => ReactNode;
  /** The page stands or falls with this query: 404 becomes the one page. */
  readonly isPage?: boolean;
}

/**
 * Shows what a query answered, or the state it is in. What arrived once stays on screen through later errors, with the
 * time it is from; a server that is out of reach is asked again by itself.
 */
export function Loaded<T>({ query, children, isPage = false }: Props<T>) {
  const { data, error, isPending, dataUpdatedAt } = query;
  const isUnreachable = error !== null && isTransient(error);
  // A session that ended has its own dialog over the page.
  const isRefused = error !== null && !isUnreachable && !isSessionOver(error);
  const retry = useEffectEvent(() => void query.refetch());
  useEffect(() => {
    if (!isUnreachable) return;
    const timer = setInterval(retry, RECONNECT_MS);
    return () => clearInterval(timer);
  }, [isUnreachable]);

  // Gone, or no longer ours: what was seen before does not stay either.
  if (isPage && statusOf(error) === 404) return <NotFound />;
  if (data !== undefined) {
    return (
      <>
        {isUnreachable && dataUpdatedAt !== undefined && <Reconnecting updatedAt={dataUpdatedAt} />}
        {isRefused && <Failure error={error} onRetry={() => void query.refetch()} />}
        {children(data)}
      </>
    );
  }
  if (isPending && error === null) {
    return isPage ? <LoadingPage /> : <Loading />;
  }
  const again = () => void query.refetch();
  return isPage ? <FailurePage error={error} onRetry={again} /> : <Failure error={error} onRetry={again} />;
}
