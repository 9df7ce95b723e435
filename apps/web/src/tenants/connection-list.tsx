import type { Connection } from '@gangway/contract/connections';
import { Empty } from '../states/empty.js';
import { t } from '../texts/tenant.js';
import { ConnectionCard } from './connection-card.js';

export function ConnectionList({ connections }: { connections: readonly Connection[] }) {
  return (
    <section className="stack" aria-labelledby="connections">
      <h2 id="connections">{t('connections')}</h2>
      {connections.length === 0 ? (
        <Empty title={t('connectionsEmpty')}>{t('connectionsEmptyBody')}</Empty>
      ) : (
        <ul className="stack">
          {connections.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} />
          ))}
        </ul>
      )}
    </section>
  );
}
