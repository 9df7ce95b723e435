/**
 * Arguments of workflows and signals. Whoever may use the namespace can send anything, and what throws in a workflow fails
 * its task again and again, so each of these returns null for what is not of the documented shape. Pure: bundled into
 * the workflow sandbox.
 */
import type { OperationType } from '@gangway/contract/operation-types';
import type { JsonObject } from '../json.js';
import type { CancelSignal, RunReference, UpdateSignal, WorkflowState } from './protocol.js';

const MAX_TEXT = 500;
const MAX_LEASE_MS = 600_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Without an argument, it is a cancel without a reason. */
export function readCancelSignal(payload: unknown): CancelSignal | null {
  if (payload === undefined) return {};
  if (!isObject(payload)) return null;
  const { reason, cancelledBy, isRecorded } = payload;
  if (!isTextOrAbsent(reason) || !isTextOrAbsent(cancelledBy)) return null;
  if (!isAbsent(isRecorded) && typeof isRecorded !== 'boolean') return null;
  return {
    ...(isAbsent(reason) ? {} : { reason: toStored(reason) }),
    ...(isAbsent(cancelledBy) ? {} : { cancelledBy: toStored(cancelledBy) }),
    ...(isAbsent(isRecorded) ? {} : { isRecorded }),
  };
}

/** Whether the operation has such a field, and takes the value, is decided where the signal is recorded. */
export function readUpdateSignal(payload: unknown): UpdateSignal | null {
  if (!isObject(payload)) return null;
  const { field, value } = payload;
  if (typeof field !== 'string' || field.length > MAX_TEXT || field.includes('\0')) return null;
  return value === undefined ? null : { field, value };
}

/** A reference to a run of one of these types. */
export function readRunReference(start: unknown, types: readonly string[]): RunReference | null {
  if (!isObject(start)) return null;
  const { operationRunId, type, leaseMs } = start;
  if (typeof operationRunId !== 'string' || !UUID.test(operationRunId)) return null;
  if (typeof type !== 'string' || !types.includes(type)) return null;
  const isLease = typeof leaseMs === 'number' && leaseMs >= 1_000 && leaseMs <= MAX_LEASE_MS;
  return { operationRunId, type: type as OperationType, ...(isLease && { leaseMs }) };
}

/** How far a run is, as the stay that executes it reports it. */
export function readStateSignal(payload: unknown): WorkflowState | null {
  if (!isObject(payload)) return null;
  const { step, progress, tenantId, adminUserId, companyId, emailSent, error } = payload;
  const isState =
    isText(step) &&
    typeof progress === 'number' &&
    [tenantId, adminUserId, companyId, error].every((value) => value === null || isText(value)) &&
    typeof emailSent === 'boolean';
  return isState
    ? ({ step, progress, tenantId, adminUserId, companyId, emailSent, error } as WorkflowState)
    : null;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;

const isTextOrAbsent = (value: unknown): value is string | undefined | null =>
  isAbsent(value) || typeof value === 'string';

/** PostgreSQL stores no NUL, and nobody reads more than this. */
const toStored = (text: string): string => text.replaceAll('\0', '').slice(0, MAX_TEXT);
