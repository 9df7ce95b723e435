import type { ReactNode } from 'react';
import { statusOf } from '../errors.js';
import { FailurePage } from './failure-page.js';
import { Failure } from './failure.js';
import { Loading } from './loading.js';
import { NotFound } from './not-found.js';

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

interface Props<T> {
  readonly query: Answer<T>;
  readonly children: (data: T) => ReactNode;
  /** The page stands or falls with this query: 404 becomes the one page. */
  readonly isPage?: boolean;
}

/** Shows what a query answered, or the state it is in. Data that arrived once stays on screen through later errors. */
export function Loaded<T>({ query, children, isPage = false }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending && !query.error) {
    return isPage ? (
      <div className="page">
        <Loading lines={6} />
      </div>
    ) : (
      <Loading />
    );
  }
  if (isPage && statusOf(query.error) === 404) return <NotFound />;
  const retry = () => void query.refetch();
  return isPage ? (
    <FailurePage error={query.error} onRetry={retry} />
  ) : (
    <Failure error={query.error} onRetry={retry} />
  );
}
