import type { SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import type { GraphSession } from '../microsoft/graph-session.js';
import { pagesFromGraph } from '../microsoft/pages.js';
import type { OnProgress } from '../port.js';

const user = z.object({ userType: z.string().nullish(), accountEnabled: z.boolean().nullish() });

const NONE = { total: 0, members: 0, guests: 0, disabled: 0 };

/** Counts every account, page by page; no account is kept. `members` is everybody who is not a guest. */
export async function readUsers(
  session: GraphSession,
  onProgress: OnProgress,
): Promise<SnapshotData['inventory.users']> {
  const counts = { ...NONE };
  let announced: number | null = null;
  const query = { path: '/users?$select=id,userType,accountEnabled&$top=999&$count=true', eventual: true };
  for await (const page of pagesFromGraph(session, user, query)) {
    if (page.isFirst) Object.assign(counts, NONE);
    for (const { userType, accountEnabled } of page.items) {
      counts.total += 1;
      counts[userType === 'Guest' ? 'guests' : 'members'] += 1;
      if (accountEnabled === false) counts.disabled += 1;
    }
    announced = page.total ?? announced;
    onProgress(counts.total, announced);
  }
  return counts;
}
