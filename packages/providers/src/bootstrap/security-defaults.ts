import type { SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import { getFromGraph, type GraphSession } from '../microsoft/graph-session.js';

/** Whether Microsoft's security defaults are on. */
export async function readSecurityDefaults(
  session: GraphSession,
): Promise<SnapshotData['posture.security_defaults']> {
  const path = '/policies/identitySecurityDefaultsEnforcementPolicy?$select=id,isEnabled';
  const { value } = await getFromGraph(session, z.object({ isEnabled: z.boolean() }), { path });
  return { isEnabled: value.isEnabled };
}
