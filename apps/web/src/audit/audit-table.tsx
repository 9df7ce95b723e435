import type { AuditEvent } from '@gangway/contract/audit';
import { t } from '../texts/audit.js';
import { Exact } from '../time/when.js';
import { StatusBadge, type Tone } from '../ui/status-badge.js';

const TONES: Record<AuditEvent['outcome'], Tone> = { allowed: 'ok', denied: 'warn', failed: 'bad' };

export function AuditTable({ events, caption }: { events: readonly AuditEvent[]; caption: string }) {
  return (
    <div className="card table-wrap" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('at')}</th>
            <th scope="col">{t('actor')}</th>
            <th scope="col">{t('action')}</th>
            <th scope="col">{t('outcome')}</th>
            <th scope="col">{t('target')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td>
                <Exact at={event.at} />
              </td>
              <td>{event.actor}</td>
              <td>
                <code>{event.action}</code>
              </td>
              <td>
                <StatusBadge tone={TONES[event.outcome]}>{t(`outcome.${event.outcome}`)}</StatusBadge>
                {event.reasonCode && <div className="small mono">{event.reasonCode}</div>}
              </td>
              <td className="small">
                {event.targetKind} <code>{event.targetId}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
