import type { Transaction } from '@gangway/db/client';
import type { ResourceKey } from './workspace-resources.js';

// Not exported: outside this folder nobody can write this key, so only the functions here make these transactions.
declare const authorized: unique symbol;

/**
 * A transaction that may write into a workspace: the rights it writes by were read in it, under locks that last until it
 * ends. `Locked` are the keys of the rows that it locked as well.
 */
export type WorkspaceTransaction<Locked extends ResourceKey = never> = Transaction & {
  readonly [authorized]: { readonly [Key in Locked]: true };
};

/** Marks a transaction whose rights were read and locked; for the functions of this folder only. */
export function toWorkspaceTransaction<Locked extends ResourceKey>(
  tx: Transaction,
): WorkspaceTransaction<Locked> {
  return tx as WorkspaceTransaction<Locked>;
}
