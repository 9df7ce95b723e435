/** How soon it is worth trying again. */
export type Retry = 'no' | 'once' | 'yes' | 'skip';
export type WhoFixes = 'workspaceAdmin' | 'customerAdmin' | 'operator' | 'nobody';

/** What is told of a reason code: wording, which may change, and what to do. */
export interface Reason {
  readonly title: string;
  readonly remedy: string;
  readonly retry: Retry;
  readonly whoFixes: WhoFixes;
}

export const reason = (retry: Retry, whoFixes: WhoFixes, title: string, remedy: string): Reason => ({
  retry,
  whoFixes,
  title,
  remedy,
});
