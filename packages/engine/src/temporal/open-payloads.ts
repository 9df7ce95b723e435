import { OPERATION_TYPES } from '@gangway/contract/operation-types';
import type { Payload } from '@temporalio/common';

const STATE = ['step', 'progress', 'tenantId', 'adminUserId', 'companyId', 'emailSent', 'error'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether a payload may stand in a history in plain text. The documented answers may, since a client without our key must be
 * able to read them: the state, the health report, and a result without a password. So may what says which step of which
 * run is meant, how far it is, and a bare yes, no or nothing: to encrypt these cost more than the rest of an activity, and
 * Temporal's UI shows them. All of them hold ids, statuses and names of steps; whatever is anything else is encrypted.
 */
export function isOpen(payload: Payload): boolean {
  const encoding = new TextDecoder().decode(payload.metadata?.['encoding'] ?? undefined);
  if (encoding === 'binary/null') return true;
  if (encoding !== 'json/plain' || !payload.data || payload.data.length > 2_000) return false;
  const value: unknown = JSON.parse(new TextDecoder().decode(payload.data));
  if (typeof value === 'boolean' || isSummary(value)) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = value as Record<string, unknown>;
  return isDocumentedAnswer(fields) || isReference(fields) || isStay(fields) || isProgress(fields);
}

function isDocumentedAnswer(fields: Record<string, unknown>): boolean {
  const isHealth = fields['status'] === 'healthy' || fields['status'] === 'unhealthy';
  const isAllText = Object.values(fields).every((value) => typeof value === 'string');
  return isState(fields) || isResult(fields) || (isHealth && isAllText);
}

function isState(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === STATE.length && STATE.every((key) => keys.includes(key));
}

function isResult(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return typeof fields['success'] === 'boolean' && fields['temporaryPassword'] === null;
}

/** Where a stay left its run: see stay-protocol.ts. */
function isStay({ kind, status, waitMs, state, result, ...others }: Record<string, unknown>): boolean {
  const isKnown =
    (kind === 'ended' && ['succeeded', 'failed'].includes(String(status))) ||
    (kind === 'left' && typeof waitMs === 'number') ||
    kind === 'elsewhere';
  const holdsNothing = result === undefined || result === null || isResult(result);
  return isKnown && isState(state) && holdsNothing && Object.keys(others).length === 0;
}

/** What Temporal's UI shows beside a stay, and with its last heartbeat: steps by their names in the plan. */
const isSummary = (value: unknown): boolean => typeof value === 'string' && /^from step [a-z_]+$/.test(value);
const isProgress = ({ step, progress, ...others }: Record<string, unknown>): boolean =>
  isSummary(`from step ${String(step)}`) && typeof progress === 'number' && Object.keys(others).length === 0;

/** What {@link isReference} allows a field to be, by its name. */
const REFERENCE: Readonly<Record<string, (value: unknown) => boolean>> = {
  operationRunId: (value) => typeof value === 'string' && UUID.test(value),
  type: (value) => OPERATION_TYPES.some((type) => type === value),
  position: Number.isInteger,
  leaseMs: Number.isInteger,
  direction: (value) => value === 'forward' || value === 'undo',
};

/** Which run, of which type, and which of its steps: see protocol.ts. */
function isReference(fields: Record<string, unknown>): boolean {
  const entries = Object.entries(fields);
  return (
    'operationRunId' in fields &&
    entries.every(([name, value]) => Object.hasOwn(REFERENCE, name) && REFERENCE[name]?.(value) === true)
  );
}
