import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests of one connection that are answered at the same time. Browsers and HTTP libraries send one and wait. Node reads
 * up to 64 KB at once and begins to answer every request in it: a thousand of the shortest ones, whose answers it keeps
 * until the client reads them.
 */
const MAX_PIPELINED = 16;

/** Keeps one connection from filling the memory with answers that its client does not read. */
export class ConnectionLimits {
  readonly #underWay = new WeakMap<Socket, number>();

  /** Counts a request. False: its connection has too many under way, and has been closed. */
  admit({ socket }: IncomingMessage, response: ServerResponse): boolean {
    // The rest of what was read before the connection was closed.
    if (socket.destroyed) return false;
    const count = this.#count(socket) + 1;
    if (count > MAX_PIPELINED) {
      socket.destroy();
      return false;
    }
    this.#underWay.set(socket, count);
    response.once('close', () => this.#underWay.set(socket, this.#count(socket) - 1));
    return true;
  }

  /**
   * Closes a connection on which nothing has moved for a while: between two requests, or with an answer that its client does
   * not read. One that waits for its answer stays.
   */
  readonly closeIdle = (socket: Socket): void => {
    if (this.#count(socket) === 0 || socket.writableLength > 0) socket.destroy();
  };

  #count(socket: Socket): number {
    return this.#underWay.get(socket) ?? 0;
  }
}
