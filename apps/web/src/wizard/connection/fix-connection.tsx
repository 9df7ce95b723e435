import type { Connection } from '@gangway/contract/connections';
import { EditConnectionDialog } from '../../tenants/edit-connection-dialog.js';
import { ReplaceCredentialDialog } from '../../tenants/replace-credential-dialog.js';
import { t } from '../../texts/connection.js';
import { t as tenant } from '../../texts/tenant.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';

/** How a connection is mended. */
export type Fixing = 'edit' | 'replace';

/**
 * What the advice after a failed verification says, where it is to be done. It stays until the connection is verified: a
 * replaced credential may be wrong again, and the focus comes back to its button.
 */
export function FixActions({
  connection,
  onFix,
}: {
  connection: Connection;
  onFix: (fixing: Fixing) => void;
}) {
  const { displayName: name, verification } = connection;
  if (verification === 'verified') return null;
  return (
    <div className="stack">
      {verification === 'failed' && <Notice tone="warn">{t('failed', { name })}</Notice>}
      <div className="row">
        <Button small aria-label={tenant('replaceNamed', { name })} onClick={() => onFix('replace')}>
          {t('replace')}
        </Button>
        <Button small aria-label={tenant('editNamed', { name })} onClick={() => onFix('edit')}>
          {tenant('edit')}
        </Button>
      </div>
    </div>
  );
}

/** The dialogs of the tenant page. They hold forms of their own, so they stand beside the form of the step. */
export function FixDialogs({
  connection,
  fixing,
  onClose,
}: {
  connection: Connection;
  fixing: Fixing | null;
  onClose: () => void;
}) {
  if (fixing === 'edit') return <EditConnectionDialog connection={connection} onClose={onClose} />;
  if (fixing === 'replace') return <ReplaceCredentialDialog connection={connection} onClose={onClose} />;
  return null;
}
