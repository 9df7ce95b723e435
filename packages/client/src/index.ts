/** The typed client of a Gangway server, for partners. */
export { createGangwayClient, type ClientOptions, type GangwayClient } from './create-client.js';
export { isGangwayError, type GangwayError, type GangwayErrorData } from './gangway-error.js';
export { idempotencyKey, once, type CallOptions } from './idempotency-key.js';
export { listAll, type PagedProcedure } from './list-all.js';
export { preferWait } from './prefer-wait.js';
export { verifyWebhook, type WebhookEvent, type WebhookHeaders } from './verify-webhook.js';
export { waitForRun, type WaitOptions } from './wait-for-run.js';
export { watchRun, type OperationRun, type OperationRunEvent, type WatchOptions } from './watch-run.js';
