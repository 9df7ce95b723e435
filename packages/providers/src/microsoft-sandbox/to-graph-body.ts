import type { Resource, Row } from './data/resource.js';
import { encodeSkipToken, type Options } from './read-options.js';

/** The body of an answer: one resource, or one page of a collection with the link to the next. */
export function toGraphBody(resource: Resource, options: Options, address: string): Row {
  if (resource.kind === 'one') return pick(resource.row, options.select);
  const { count, rowAt, hasBlankPage } = resource;
  const { offset, isBlank, top, wantsCount } = options;
  const end = isBlank ? offset : Math.min(offset + top, count);
  const value = Array.from({ length: end - offset }, (_, index) =>
    pick(rowAt(offset + index), options.select),
  );
  const isFirst = offset === 0 && !isBlank;
  return {
    ...(wantsCount && isFirst ? { '@odata.count': count } : {}),
    ...(end < count ? { '@odata.nextLink': nextLink(address, options, end, hasBlankPage && isFirst) } : {}),
    value,
  };
}

function nextLink(address: string, { raw }: Options, offset: number, isBlank: boolean): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(raw)) url.searchParams.set(name, value);
  url.searchParams.set('$skiptoken', encodeSkipToken(offset, isBlank));
  return url.href;
}

/** `$select`, which always keeps the type annotation of derived types. */
function pick(row: Row, select: readonly string[]): Row {
  if (select.length === 0) return row;
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => select.includes(name) || name.startsWith('@odata.')),
  );
}
