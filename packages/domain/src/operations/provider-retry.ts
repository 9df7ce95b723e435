import { DEFAULT_RETRY, type RetryPolicy } from '@gangway/engine/plan';

/** Enough to wait half an hour for a consent; every other failure ends a step after its third attempt. */
export const PROVIDER_RETRY: RetryPolicy = { ...DEFAULT_RETRY, maximumAttempts: 150 };
