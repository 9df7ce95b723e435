/**
 * Why something failed or needs attention: a closed list. The code is the contract; title and remedy are wording and may
 * change. Each area has its own table under `reasons/`; here they are one.
 */
import { PROVIDER_REASONS } from './reasons/provider-reasons.js';
import { REQUEST_REASONS } from './reasons/request-reasons.js';
import { RUN_REASONS } from './reasons/run-reasons.js';

export type { WhoFixes } from './reasons/reason.js';
export { PROVIDER_REASONS };
export const REASONS = { ...PROVIDER_REASONS, ...RUN_REASONS, ...REQUEST_REASONS };

export type ProviderReasonCode = keyof typeof PROVIDER_REASONS;
export type RunReasonCode = ProviderReasonCode | keyof typeof RUN_REASONS;
export type ReasonCode = keyof typeof REASONS;

export const PROVIDER_REASON_CODES = Object.keys(PROVIDER_REASONS) as ProviderReasonCode[];
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[];
