import { CLOUD_NAMES } from '@gangway/contract/clouds';
import type { Connection } from '@gangway/contract/connections';
import { useState } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { t as words } from '../texts/connection.js';
import { t } from '../texts/tenant.js';
import { Day, toDay } from '../time/when.js';
import { Button } from '../ui/button.js';
import { Identifier } from '../ui/identifier.js';
import { Notice } from '../ui/notice.js';
import { StatusBadge } from '../ui/status-badge.js';
import { SandboxTag, Tag } from '../ui/tag.js';
import { VERIFICATION_TONES } from '../wizard/connection/connection-choice.js';
import { ConnectionConsent } from './connection-consent.js';
import { EditConnectionDialog } from './edit-connection-dialog.js';
import { RemoveConnectionDialog } from './remove-connection-dialog.js';
import { ReplaceCredentialDialog } from './replace-credential-dialog.js';
import { SetDefaultButton } from './set-default-button.js';

interface Props {
  readonly connection: Connection;
  readonly tenantName: string;
  /** The other connections of the tenant. */
  readonly others: readonly Connection[];
}

/** One connection: what it is, when its credential ends, and what can be done to it. Its secret is never here. */
export function ConnectionCard({ connection, tenantName, others }: Props) {
  const { can } = useWorkspace();
  const [open, setOpen] = useState<'edit' | 'replace' | 'remove' | null>(null);
  const { displayName: name, credential } = connection;
  const close = () => setOpen(null);
  return (
    <li className="card stack">
      <div className="row">
        <h3>{name}</h3>
        {connection.isDefault && <Tag>{words('default')}</Tag>}
        <SandboxTag cloud={connection.cloud} />
        <StatusBadge tone={VERIFICATION_TONES[connection.verification]}>
          {words(`verification.${connection.verification}`)}
        </StatusBadge>
      </div>
      {connection.verification === 'stale' && <Notice tone="warn">{t('stale')}</Notice>}
      {credential?.expiresAt && <ExpiryNotice expiresAt={credential.expiresAt} />}
      <dl className="facts">
        <dt>{t('cloud')}</dt>
        <dd>{CLOUD_NAMES[connection.cloud]}</dd>
        <dt>{t('clientId')}</dt>
        <dd>
          <Identifier value={connection.clientId} />
        </dd>
        <dt>{t('credential')}</dt>
        <dd>
          {credential ? (
            <>
              {credential.hint}, added <Day at={credential.addedAt} />
            </>
          ) : (
            words('noCredential')
          )}
        </dd>
      </dl>
      <ConnectionConsent connection={connection} tenantName={tenantName} />
      {can('connection:manage') && (
        <div className="row">
          <Button small aria-label={t('replaceNamed', { name })} onClick={() => setOpen('replace')}>
            {t('replace')}
          </Button>
          <Button small aria-label={t('editNamed', { name })} onClick={() => setOpen('edit')}>
            {t('edit')}
          </Button>
          {!connection.isDefault && <SetDefaultButton connection={connection} />}
          <Button
            small
            look="danger"
            aria-label={t('removeNamed', { name })}
            onClick={() => setOpen('remove')}
          >
            {t('remove')}
          </Button>
        </div>
      )}
      {open === 'edit' && <EditConnectionDialog connection={connection} onClose={close} />}
      {open === 'replace' && <ReplaceCredentialDialog connection={connection} onClose={close} />}
      {open === 'remove' && (
        <RemoveConnectionDialog connection={connection} others={others} onClose={close} />
      )}
    </li>
  );
}

const WARN_MS = 30 * 86_400_000;

function ExpiryNotice({ expiresAt }: { expiresAt: string }) {
  const left = Date.parse(expiresAt) - Date.now();
  if (left > WARN_MS) return null;
  const when = toDay(expiresAt);
  return <Notice tone={left < 0 ? 'bad' : 'warn'}>{t(left < 0 ? 'expired' : 'expiring', { when })}</Notice>;
}
