import { BOOTSTRAP_PERMISSION } from '@gangway/contract/graph-permissions';
import type { BootstrapType } from '@gangway/contract/operation-types';
import { permissionRow } from '@gangway/contract/operations';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { ReadClient } from '@gangway/db/client';
import { z } from 'zod';
import { verificationOf } from '../connections/to-connection.js';

export interface Readiness {
  /** The connection's revision these facts belong to. */
  readonly revision: number;
  /** Why an operation cannot run with this connection; null where nothing speaks against it. */
  readonly reasonFor: (type: BootstrapType) => ReasonCode | null;
}

const outputShape = z.object({ permissions: z.array(permissionRow) });

/** What the newest verification of a connection allows, taken from its evidence. */
export async function loadReadiness(db: ReadClient, providerConnectionId: string): Promise<Readiness> {
  const connection = await db.providerConnection.findUnique({ where: { id: providerConnectionId } });
  if (!connection || verificationOf(connection) !== 'verified') {
    return { revision: connection?.revision ?? 0, reasonFor: () => 'operation.cannot_run' };
  }
  const step =
    connection.checkedRunId &&
    (await db.operationRunStep.findFirst({
      where: { runId: connection.checkedRunId, name: 'capability_probes' },
    }));
  const parsed = outputShape.safeParse(step ? step.output : null);
  const granted = new Map(
    (parsed.success ? parsed.data.permissions : []).map((row) => [row.permission, row]),
  );
  return {
    revision: connection.revision,
    reasonFor: (type) => {
      const row = granted.get(BOOTSTRAP_PERMISSION[type]);
      if (!row || row.grantedAsApplication || row.inToken) return null;
      return row.delegatedOnly ? 'permission.delegated_only' : 'permission.missing';
    },
  };
}
