import type { Connection } from '@gangway/contract/connections';
import type { Run } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { useState, type ReactNode } from 'react';
import { useWorkspace } from '../../shell/workspace-context.js';
import { t } from '../../texts/verify.js';
import { Button } from '../../ui/button.js';
import { MendDialogs, type Mending } from '../connection/mend-connection.js';

/** What to do to the connection itself after a failed verification; null where its cause lies elsewhere. */
export function toMending({ status, reasonCode }: Pick<Run, 'status' | 'reasonCode'>): Mending | null {
  if (status !== 'failed' || reasonCode === null) return null;
  if (REASONS[reasonCode].whoFixes !== 'workspaceAdmin') return null;
  if (reasonCode.startsWith('credential.')) return 'replace';
  return reasonCode === 'tenant.wrong_cloud' || reasonCode === 'tenant.mismatch' ? 'edit' : null;
}

/**
 * Mending the connection beside the verification that failed because of it: running it again without that finds the same.
 * It stays in its place after the change, when running again comes first, so that the focus finds its button again.
 */
export function useMendAction(
  connection: Connection | null,
  run: Run | undefined,
  isStale: boolean,
): { readonly mending: Mending | null; readonly action: ReactNode; readonly dialog: ReactNode } {
  const { can } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const mending = run && connection && can('connection:manage') ? toMending(run) : null;
  if (!mending || !connection) return { mending: null, action: null, dialog: null };
  return {
    mending,
    action: (
      <Button look={isStale ? 'secondary' : 'primary'} onClick={() => setOpen(true)}>
        {t(`mend.${mending}`)}
      </Button>
    ),
    dialog: (
      <MendDialogs connection={connection} mending={isOpen ? mending : null} onClose={() => setOpen(false)} />
    ),
  };
}
