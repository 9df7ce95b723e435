import { PassThrough, finished, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request } from 'express';

/** A body that cannot be read. `type` is the one that Express's body parser uses in the same case. */
class BodyError extends Error {
  override readonly name = 'BodyError';
  constructor(
    readonly type: 'entity.too.large' | 'encoding.unsupported' | 'entity.parse.failed' | 'request.aborted',
  ) {
    super(type);
  }
}

const UNPACK: Readonly<Record<string, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

/**
 * The body of a request as it arrives, unpacked: at most `limit` bytes after decompression. When the reader stops
 * early the rest is discarded, so that the client receives the response and can reuse the connection.
 * @throws BodyError
 */
export async function* bodyOf(request: Request, limit: number): AsyncGenerator<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (!unpack) throw new BodyError('encoding.unsupported');
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    request.resume();
    throw new BodyError('entity.too.large');
  }
  const unpacked = unpack();
  const stopWatching = finished(request, { writable: false }, (error) => {
    if (error) unpacked.destroy(new BodyError('request.aborted'));
  });
  request.pipe(unpacked);
  let size = 0;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > limit) throw new BodyError('entity.too.large');
      yield piece;
    }
  } catch (error) {
    // zlib's errors have a number: the body is not what its Content-Encoding promises, or ends in the middle.
    throw error instanceof Error && 'errno' in error ? new BodyError('entity.parse.failed') : error;
  } finally {
    stopWatching();
    request.unpipe(unpacked);
    unpacked.destroy();
    request.resume();
  }
}
