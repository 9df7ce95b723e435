import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';

/** More than this many are not named: a request can start thousands. */
const MOST_NAMED = 20;

const current = new AsyncLocalStorage<string[]>();
const runs = new WeakMap<object, string[]>();

/**
 * Notes which runs a request starts or signals, so that its log line can name them. Used only while requests are traced: on
 * Node 20 the first `run` of an AsyncLocalStorage makes every promise of the process cost three times as much from then on.
 */
export const noteRuns: RequestHandler = (request, _response, next) => {
  const noted: string[] = [];
  runs.set(request, noted);
  current.run(noted, next);
};

/** Notes a run for the request that is being answered. Returns false outside of one, and for a run that was noted before. */
export function noteRun(operationRunId: string): boolean {
  const noted = current.getStore();
  if (!noted || noted.length >= MOST_NAMED || noted.includes(operationRunId)) return false;
  noted.push(operationRunId);
  return true;
}

export const runsOf = (request: object): readonly string[] => runs.get(request) ?? [];
