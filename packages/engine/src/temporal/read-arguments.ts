/**
 * Arguments of workflows and signals. Whoever may use the namespace can send anything, and what throws in a workflow fails
 * its task again and again, so each of these returns null for what is not of the documented shape. Pure: bundled into
 * the workflow sandbox.
 */
import type { OperationType } from '@gangway/contract/operation-types';
import type { JsonObject } from '../json.js';
import type { CancelSignal, RunReference, UpdateSignal } from './protocol.js';

const MAX_TEXT = 500;
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
  const { operationRunId, type } = start;
  if (typeof operationRunId !== 'string' || !UUID.test(operationRunId)) return null;
  if (typeof type !== 'string' || !types.includes(type)) return null;
  return { operationRunId, type: type as OperationType };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

const isTextOrAbsent = (value: unknown): value is string | undefined | null =>
  isAbsent(value) || typeof value === 'string';

/** PostgreSQL stores no NUL, and nobody reads more than this. */
const toStored = (text: string): string => text.replaceAll('\0', '').slice(0, MAX_TEXT);
