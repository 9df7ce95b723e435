import { useInfiniteQuery } from '@tanstack/react-query';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

interface Options<T> {
  readonly queryKey: readonly unknown[];
  readonly load: (cursor: string | null) => Promise<Page<T>>;
  /** Asked again every so many milliseconds while this says so. */
  readonly pollMs?: (items: readonly T[]) => number | false;
}

/**
 * A list that grows by "Load more". tRPC's own infinite query adds a `direction` to the input, which our strict
 * schemas refuse, hence the plain query.
 */
export function usePages<T>({ queryKey, load, pollMs }: Options<T>) {
  const query = useInfiniteQuery({
    queryKey: [...queryKey, 'pages'],
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => pollMs?.(state.data?.pages[0]?.items ?? []) ?? false,
  });
  const { error, isPending, refetch, hasNextPage, isFetchingNextPage, dataUpdatedAt } = query;
  const data = query.data?.pages.flatMap(({ items }) => items);
  return {
    data,
    error,
    isPending,
    refetch,
    dataUpdatedAt,
    hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
