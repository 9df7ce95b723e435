import { invalidField } from '@gangway/domain/errors';

const HEADER = 'Idempotency-Key';

/** The key of the header, or null. @throws AppError invalid */
export function toIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(header))
    throw invalidField(HEADER, 'Must be 1 to 255 visible ASCII characters');
  return header;
}

/** The same for a procedure: a batch has one header for all its calls, and so none of them can be meant. @throws AppError invalid */
export function toKeyOfCall(header: string | undefined, isBatch: boolean): string | null {
  const key = toIdempotencyKey(header);
  if (key !== null && isBatch)
    throw invalidField(HEADER, 'Must come with one call, not with a batch of several');
  return key;
}
