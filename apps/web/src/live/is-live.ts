import type { RunStatus } from '@gangway/contract/operations';

/** A run that will still change by itself. */
export function isLive(run: { status: RunStatus } | null | undefined): boolean {
  return run?.status === 'queued' || run?.status === 'running';
}
