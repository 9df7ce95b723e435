/** A response that is no answer of Gangway: a proxy's page, or an empty one. The cause of what the call throws. */
export class UnexpectedResponseError extends Error {
  readonly status: number;
  /** Seconds, as `Retry-After` says; null if it says nothing. */
  readonly retryAfter: number | null;

  constructor({ status, headers }: Response) {
    super(
      `The response is not of Gangway (HTTP ${status}, ${headers.get('content-type') ?? 'no content type'})`,
    );
    this.name = 'UnexpectedResponseError';
    this.status = status;
    this.retryAfter = secondsOf(headers);
  }
}

/** The pause that a response asks for; null if it asks for none, or names a date. */
export function secondsOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

/** Rejects what is not JSON by its status, before it fails as JSON. */
export async function sendJson(
  send: typeof fetch,
  input: string | URL | Request,
  init: RequestInit,
): Promise<Response> {
  const response = await send(input, init);
  if (response.headers.get('content-type')?.includes('json')) return response;
  await response.body?.cancel();
  throw new UnexpectedResponseError(response);
}
