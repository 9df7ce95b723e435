import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { EXPIRED_PAGE_TOKEN } from './graph-codes.js';
import { getFromGraph, type GraphQuery, type GraphSession, type Read } from './graph-session.js';

/** Empty pages count as well, so that an endless chain of them ends. */
const MAX_PAGES = 5_000;
/** How often a read may start again because Microsoft no longer knows where it was. */
const MAX_RESTARTS = 5;

export interface Page<T> {
  readonly items: readonly T[];
  /** Of the whole collection, where `$count` was asked for. */
  readonly total: number | null;
  /** The first page of the collection: what was read before, if anything, has to be read again. */
  readonly isFirst: boolean;
}

/**
 * The pages of a collection, following the whole `@odata.nextLink`. A page may be empty. After an expired page token it
 * starts again at the first page, at most five times.
 * @throws ProviderError of any reason; `provider.unexpected_response` for a link that leads off Graph, for one that was
 * followed before, and past the configured number of rows or 5,000 pages
 */
export async function* pagesFromGraph<T extends z.ZodType>(
  session: GraphSession,
  item: T,
  query: GraphQuery,
): AsyncGenerator<Page<z.output<T>>> {
  const schema = z.object({
    value: z.array(item),
    '@odata.nextLink': z.string().max(8_000).optional(),
    '@odata.count': z.number().int().min(0).optional(),
  });
  const followed = new Set<string>();
  let rows = 0;
  let restarts = 0;
  for (let next: string | undefined = query.path; next !== undefined;) {
    const isFirst = next === query.path;
    let read: Read<z.output<typeof schema>>;
    try {
      read = await getFromGraph(session, schema, { ...query, path: next });
    } catch (error) {
      if (isFirst || !isExpired(error) || restarts === MAX_RESTARTS) throw error;
      restarts += 1;
      rows = 0;
      followed.clear();
      next = query.path;
      continue;
    }
    const { value: page, evidence } = read;
    rows += page.value.length;
    followed.add(next);
    next = page['@odata.nextLink'];
    const isLoop = next !== undefined && (!URL.canParse(next) || followed.has(next));
    const isEndless = rows > session.config.maxRows || followed.size >= MAX_PAGES;
    if (isLoop || isEndless) throw new ProviderError('provider.unexpected_response', evidence);
    yield { items: page.value, total: page['@odata.count'] ?? null, isFirst };
  }
}

/** Page tokens end after a while, as on a read that is throttled for long. */
function isExpired(error: unknown): boolean {
  return error instanceof ProviderError && error.evidence?.graphCode === EXPIRED_PAGE_TOKEN;
}

/** A whole collection that is known to be small. @throws ProviderError as {@link pagesFromGraph} */
export async function listFromGraph<T extends z.ZodType>(
  session: GraphSession,
  item: T,
  query: GraphQuery,
): Promise<z.output<T>[]> {
  const items: z.output<T>[] = [];
  for await (const page of pagesFromGraph(session, item, query)) {
    if (page.isFirst) items.length = 0;
    items.push(...page.items);
  }
  return items;
}
