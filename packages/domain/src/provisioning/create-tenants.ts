import type { BulkRow } from '@gangway/contract/provisioning/bulk';
import { newTenant } from '@gangway/contract/provisioning/tenants';
import type { FieldError } from '@gangway/contract/errors';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import { setImmediate } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { toAppError } from '../to-app-error.js';
import { createTenant } from './create-tenant.js';

/** Rows that are worked on at once: enough to keep the database busy, few enough to leave it to others. */
const CONCURRENCY = 4;

export interface BulkOptions {
  /** Words what a schema refused. */
  readonly toFieldErrors: (error: z.ZodError) => FieldError[];
  /** Told what nobody expected of a row, which is all that its result says. */
  readonly onUnexpected: (error: unknown) => void;
  /** With it a second attempt finds what a first, crashed one has created. */
  readonly subjectId?: string | undefined;
}

/**
 * Creates a tenant for every row that makes sense; one that is refused, or fails, never stops another. Of rows with the
 * same address the first one that makes sense counts.
 * @throws what is no row's fault: a database that is away. No row is worked on any more then
 */
export async function createTenants(
  scope: PartnerScope,
  rows: readonly unknown[],
  options: BulkOptions,
): Promise<{ accepted: number; refused: number; items: BulkRow[] }> {
  const items: BulkRow[] = [];
  const { subjectId = uuidv7() } = options;
  // Rows are taken up in their order, and enter their address here before anything is waited for.
  const rowOf = new Map<string, number>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < rows.length; index = next++) {
      items[index] = await createOne(scope, rows[index], { index, subjectId, rowOf }, options);
      if (index % 50 === 49) await setImmediate(); // rows that are refused wait for nothing
    }
  };
  const stopAll = (error: unknown): never => {
    next = rows.length;
    throw error;
  };
  const workers = Array.from({ length: CONCURRENCY }, () => work().catch(stopAll));
  for (const ended of await Promise.allSettled(workers)) if (ended.status === 'rejected') throw ended.reason;
  const accepted = items.filter((item) => item.status === 'accepted').length;
  return { accepted, refused: items.length - accepted, items };
}

interface Place {
  readonly index: number;
  readonly subjectId: string;
  readonly rowOf: Map<string, number>;
}

async function createOne(
  scope: PartnerScope,
  raw: unknown,
  { index, subjectId, rowOf }: Place,
  { toFieldErrors, onUnexpected }: BulkOptions,
): Promise<BulkRow> {
  const row = index + 1;
  const refused = (reasonCode: ReasonCode, errors: FieldError[] = []): BulkRow => ({
    ...{ row, status: 'refused', tenant: null, operation_run_id: null, reason_code: reasonCode, errors },
  });
  const parsed = newTenant.safeParse(raw);
  if (!parsed.success) return refused('validation.failed', toFieldErrors(parsed.error));
  const { email } = parsed.data;
  const first = rowOf.get(email);
  if (first !== undefined)
    return refused('tenant.duplicate', [{ field: 'email', message: `Is the address of row ${first} too` }]);
  rowOf.set(email, row);
  try {
    const tenant = await createTenant(scope, parsed.data, idOfRow(subjectId, index), 1);
    return {
      row,
      status: 'accepted',
      tenant: tenant.tenant,
      operation_run_id: tenant.operation_run_id,
      reason_code: null,
      errors: [],
    };
  } catch (error) {
    const known = toAppError(error);
    if (known?.refusal === 'unavailable') throw error;
    if (!known) onUnexpected(error);
    return { ...refused(known?.reasonCode ?? 'internal.error'), tenant: known?.detail.existingId ?? null };
  }
}

/** An id for each row, made of the request's own: its time, and its random end counted on. */
function idOfRow(subjectId: string, index: number): string {
  const end = (BigInt(`0x${subjectId.slice(24)}`) + BigInt(index)) % 2n ** 48n;
  return `${subjectId.slice(0, 24)}${end.toString(16).padStart(12, '0')}`;
}
