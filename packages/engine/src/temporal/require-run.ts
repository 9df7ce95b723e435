import type { OperationType } from '@gangway/contract/operation-types';
import { RunNotFoundError } from '../errors.js';
import { getRun } from '../store/get-run.js';
import type { Sql } from '../store/sql.js';
import { validationError } from './validation-error.js';

/** @throws ApplicationFailure ValidationError where there is no run of this id, and of this type if one is given */
export async function requireRun(
  sql: Sql,
  { operationRunId, type }: { operationRunId: string; type?: OperationType | undefined },
): Promise<void> {
  try {
    const run = await getRun(sql, operationRunId);
    if (type === undefined || run.type === type) return;
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) throw error;
  }
  throw validationError('There is no run of this id and type');
}
