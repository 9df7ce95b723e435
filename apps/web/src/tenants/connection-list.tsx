import type { ManagedTenant } from '@gangway/contract/managed-tenants';
import { useState } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { Empty } from '../states/empty.js';
import { t } from '../texts/tenant.js';
import { Button } from '../ui/button.js';
import { AddConnectionDialog } from './add-connection-dialog.js';
import { ConnectionCard } from './connection-card.js';

export function ConnectionList({ tenant }: { tenant: ManagedTenant }) {
  const { can } = useWorkspace();
  const [isAdding, setAdding] = useState(false);
  const { connections } = tenant;
  const add = can('connection:manage') && <Button onClick={() => setAdding(true)}>{t('add')}</Button>;
  return (
    <section className="stack" aria-labelledby="connections">
      <div className="row apart">
        <h2 id="connections">{t('connections')}</h2>
        {connections.length > 0 && add}
      </div>
      {connections.length === 0 ? (
        <Empty title={t('connectionsEmpty')} action={add}>
          {t('connectionsEmptyBody')}
        </Empty>
      ) : (
        <ul className="stack">
          {connections.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              tenantName={tenant.name}
              others={connections.filter(({ id }) => id !== connection.id)}
            />
          ))}
        </ul>
      )}
      {isAdding && (
        <AddConnectionDialog
          managedTenantId={tenant.id}
          name={tenant.name}
          cloud={tenant.cloud ?? 'global'}
          others={connections}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  );
}
