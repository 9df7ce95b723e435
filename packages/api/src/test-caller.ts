import { z } from 'zod';
import type { TestApi } from './test-api.js';

const envelope = z.object({
  result: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
  error: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
});

/** What a call answered: the data, or else what is told about the refusal. */
export interface Told {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Null where the call succeeded. */
  readonly reason: unknown;
  readonly body: string;
}

export interface Caller {
  readonly query: (path: string, input?: unknown) => Promise<Told>;
  readonly mutate: (path: string, input?: unknown) => Promise<Told>;
  readonly cookie: string;
}

/** Calls procedures with a cookie, as one tab of a browser does. */
export function callerWith(api: TestApi, cookie: string): Caller {
  const tell = async (path: string, type: 'query' | 'mutation', input: unknown): Promise<Told> => {
    const { status, body, data } = await api.call(path, type, input, cookie);
    const { result, error } = envelope.parse(data);
    const told = result?.data ?? error?.data ?? {};
    return { status, body, data: told, reason: error ? told['reasonCode'] : null };
  };
  return {
    query: (path, input) => tell(path, 'query', input),
    mutate: (path, input) => tell(path, 'mutation', input),
    cookie,
  };
}

/** Signs a demo user in and gives their caller. */
export async function callerOf(api: TestApi, email: string): Promise<Caller> {
  return callerWith(api, await api.signIn(email));
}

/** Runs the same thing so many times at once. */
export function atOnce<T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)));
}
