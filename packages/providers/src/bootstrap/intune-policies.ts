import { SNAPSHOT_LIST_LIMIT, type SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import type { GraphSession } from '../microsoft/graph-session.js';
import { listFromGraph } from '../microsoft/pages.js';
import { name } from './name.js';

const policy = z.object({ displayName: name, '@odata.type': name });

/** Policies of Intune, with the platform their type is named after. @throws ProviderError `license.missing` without Intune */
export async function readIntunePolicies(
  session: GraphSession,
  collection: 'deviceCompliancePolicies' | 'deviceConfigurations',
): Promise<SnapshotData['intune.compliance_policies']> {
  const found = await listFromGraph(session, policy, {
    path: `/deviceManagement/${collection}?$select=id,displayName`,
  });
  const policies = found
    .slice(0, SNAPSHOT_LIST_LIMIT)
    .map((item) => ({ displayName: item.displayName, platform: platformOf(item['@odata.type']) }));
  return { total: found.length, policies };
}

/** `#microsoft.graph.windows10CompliancePolicy` -> `windows10`. */
function platformOf(type: string): string {
  const name = type.split('.').at(-1) ?? '';
  return (
    /^(android[a-z]*?|aosp[a-z]*?|ios|macOS|windows\d*|windowsPhone81)(?=[A-Z]|$)/.exec(name)?.[1] ?? 'other'
  );
}
