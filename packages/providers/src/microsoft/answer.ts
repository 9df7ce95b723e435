export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; null where the body was none, which only a failed answer may be. */
  readonly body: unknown;
  /** The `client-request-id` we sent. */
  readonly correlationId: string;
  readonly at: Date;
}
