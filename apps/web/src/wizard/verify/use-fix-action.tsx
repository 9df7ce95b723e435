import type { Connection } from '@gangway/contract/connections';
import type { Run } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { useState, type ReactNode } from 'react';
import { useWorkspace } from '../../shell/workspace-context.js';
import { t } from '../../texts/verify.js';
import { Button } from '../../ui/button.js';
import { FixDialogs, type Fixing } from '../connection/fix-connection.js';

/** What to do to the connection itself after a failed verification; null where its cause lies elsewhere. */
export function toFixing({ status, reasonCode }: Pick<Run, 'status' | 'reasonCode'>): Fixing | null {
  if (status !== 'failed' || reasonCode === null) return null;
  if (REASONS[reasonCode].whoFixes !== 'workspaceAdmin') return null;
  if (reasonCode.startsWith('credential.')) return 'replace';
  return reasonCode === 'tenant.wrong_cloud' || reasonCode === 'tenant.mismatch' ? 'edit' : null;
}

/**
 * Fixing the connection beside the verification that failed because of it: running it again without that finds the same.
 * It stays in its place after the change, when running again comes first, so that the focus finds its button again.
 */
export function useFixAction(
  connection: Connection | null,
  run: Run | undefined,
  isStale: boolean,
): { readonly fixing: Fixing | null; readonly action: ReactNode; readonly dialog: ReactNode } {
  const { can } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const fixing = run && connection && can('connection:manage') ? toFixing(run) : null;
  if (!fixing || !connection) return { fixing: null, action: null, dialog: null };
  return {
    fixing,
    action: (
      <Button look={isStale ? 'secondary' : 'primary'} onClick={() => setOpen(true)}>
        {t(`mend.${fixing}`)}
      </Button>
    ),
    dialog: (
      <FixDialogs connection={connection} fixing={isOpen ? fixing : null} onClose={() => setOpen(false)} />
    ),
  };
}
