import { SNAPSHOT_LIST_LIMIT, type SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import type { GraphSession } from '../microsoft/graph-session.js';
import { listFromGraph } from '../microsoft/pages.js';
import { name } from './name.js';

const policy = z.object({ id: name, displayName: name, state: name });

/** Conditional access policies by state. This endpoint allows about one request a second per tenant. */
export async function readConditionalAccess(
  session: GraphSession,
): Promise<SnapshotData['posture.conditional_access']> {
  const policies = await listFromGraph(session, policy, {
    path: '/identity/conditionalAccess/policies?$select=id,displayName,state',
  });
  const countOf = (state: string) => policies.filter((found) => found.state === state).length;
  return {
    total: policies.length,
    enabled: countOf('enabled'),
    reportOnly: countOf('enabledForReportingButNotEnforced'),
    disabled: countOf('disabled'),
    policies: policies.slice(0, SNAPSHOT_LIST_LIMIT),
  };
}
