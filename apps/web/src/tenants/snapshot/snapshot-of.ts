import type { Snapshot } from '@gangway/contract/managed-tenants';
import type { SnapshotData } from '@gangway/contract/snapshots';

/**
 * The snapshot of one operation in its own shape, or null where it was not taken yet. The shape is the contract's: the
 * server stores nothing else under the type.
 */
export function snapshotOf<T extends keyof SnapshotData>(
  snapshots: readonly Snapshot[],
  type: T,
): SnapshotData[T] | null {
  const found = snapshots.find((snapshot) => snapshot.type === type);
  return found ? (found.data as SnapshotData[T]) : null;
}
