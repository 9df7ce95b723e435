import { AppError } from '../errors.js';

export type StreamOwnerKind = 'user' | 'partner';
export type StreamsAtOnce = Readonly<Record<StreamOwnerKind, number>>;

export const STREAMS_AT_ONCE: StreamsAtOnce = { user: 100, partner: 500 };
/** A stream ends when its run does, so asking again soon makes sense. */
const RETRY_AFTER_SECONDS = 10;

/** Counts the open event streams of each user and partner in this process. */
export class StreamLimits {
  readonly #open = new Map<string, number>();

  constructor(readonly atOnce: StreamsAtOnce = STREAMS_AT_ONCE) {}

  /**
   * Takes one of the owner's streams; the returned function gives it back, once however often it is called.
   * @throws AppError too_many `stream.limit_reached`
   */
  open(kind: StreamOwnerKind, ownerId: string): () => void {
    const key = `${kind}:${ownerId}`;
    const count = this.#open.get(key) ?? 0;
    if (count >= this.atOnce[kind])
      throw new AppError('too_many', 'stream.limit_reached', { retryAfter: RETRY_AFTER_SECONDS });
    this.#open.set(key, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left > 0) this.#open.set(key, left);
      else this.#open.delete(key);
    };
  }
}
