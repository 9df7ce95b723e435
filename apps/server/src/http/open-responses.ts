import type { RequestHandler, Response } from 'express';
import { isEventStream } from './metrics.js';

/** Knows the responses under way, so that a shutdown can end the event streams among them first. */
export class OpenResponses {
  readonly #open = new Set<Response>();

  readonly track: RequestHandler = (_request, response, next) => {
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    next();
  };

  /** Their watchers reconnect by themselves, to the next process. */
  endEventStreams(): void {
    for (const response of this.#open) {
      if (isEventStream(response.getHeader('content-type'))) response.end();
    }
  }
}
