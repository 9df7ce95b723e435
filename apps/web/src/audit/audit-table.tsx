import type { AuditEvent } from '@gangway/contract/audit';
import { REASON_CODES, REASONS } from '@gangway/contract/reason-codes';
import { TenantLink } from '../tenants/tenant-link.js';
import { t } from '../texts/audit.js';
import { Exact } from '../time/when.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { StatusBadge, type Tone } from '../ui/status-badge.js';
import { toSentence } from './to-sentence.js';
import './audit.css';

const TONES: Record<AuditEvent['outcome'], Tone> = { allowed: 'ok', denied: 'warn', failed: 'bad' };

const COLUMNS: readonly Column<AuditEvent>[] = [
  {
    label: t('what'),
    isHeader: true,
    cell: (event) => (
      <span className="sentence">
        <strong>{event.actor}</strong> {toSentence(event)}
      </span>
    ),
  },
  { label: t('at'), cell: ({ at }) => <Exact at={at} /> },
  { label: t('outcome'), cell: (event) => <Outcome event={event} /> },
];
const TENANT: Column<AuditEvent> = {
  label: t('tenant'),
  cell: ({ managedTenant }) => managedTenant && <TenantLink {...managedTenant} />,
};

interface Props {
  readonly events: readonly AuditEvent[];
  readonly caption: string;
  /** All of them are about the tenant whose page this is. */
  readonly isOfTenant?: boolean;
}

/** Who did what, a sentence each. */
export function AuditTable({ events, caption, isOfTenant = false }: Props) {
  return (
    <div className="card">
      <DataTable
        caption={caption}
        columns={isOfTenant ? COLUMNS : [...COLUMNS, TENANT]}
        rows={events}
        keyOf={({ id }) => id}
      />
    </div>
  );
}

function Outcome({ event: { outcome, reasonCode } }: { event: AuditEvent }) {
  const reason = REASON_CODES.find((code) => code === reasonCode);
  return (
    <>
      <StatusBadge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>
      {reason && <div className="small soft">{REASONS[reason].title}</div>}
    </>
  );
}
