import { Fragment } from 'react';
import type { PermissionRow } from '@gangway/contract/operations';
import { t } from '../../texts/verify.js';
import '../../ui/data-table.css';
import { StatusIcon, type Tone } from '../../ui/status-badge.js';

/** The truth table: needed, granted, carried by the token, and proven by a read. */
export function PermissionTable({ permissions }: { permissions: readonly PermissionRow[] }) {
  return (
    <section className="stack" aria-labelledby="permissions">
      <h2 id="permissions">{t('permissions')}</h2>
      <div className="table-wrap" tabIndex={0} role="group" aria-labelledby="permissions">
        <table className="data-table permission-table">
          <caption>{t('permissionsCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.permission')}</th>
              <th scope="col">{t('col.required')}</th>
              <th scope="col">{t('col.granted')}</th>
              <th scope="col">{t('col.token')}</th>
              <th scope="col">{t('col.delegated')}</th>
              <th scope="col">{t('col.probe')}</th>
            </tr>
          </thead>
          <tbody>
            {permissions.map((row) => (
              <tr key={row.permission}>
                <th scope="row">
                  <code translate="no">{breakAtDots(row.permission)}</code>
                </th>
                <td data-label={t('col.required')}>{row.required ? t('yes') : t('optional')}</td>
                <Answer
                  label={t('col.granted')}
                  is={row.grantsKnown === false ? null : row.grantedAsApplication}
                  missing={row.required ? 'bad' : 'warn'}
                />
                <Answer label={t('col.token')} is={row.inToken} missing={row.required ? 'bad' : 'warn'} />
                <td data-label={t('col.delegated')}>{toDelegated(row)}</td>
                <td data-label={t('col.probe')}>
                  {row.probe === null || row.probe === 'skipped'
                    ? t('notTried')
                    : t(row.probe === 'pass' ? 'yes' : 'no')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A long permission goes on in the next line, instead of pushing the last column out of sight. */
function breakAtDots(permission: string) {
  return permission.split(/(?<=\.)/).map((part, index) => (
    <Fragment key={part}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Whether a grant is only delegated is looked up beside the grants; a token says nothing about it. */
function toDelegated({ grantsKnown, delegatedOnly }: PermissionRow): string {
  if (delegatedOnly) return t('yes');
  return grantsKnown === false ? t('notLookedUp') : t('no');
}

interface AnswerProps {
  readonly label: string;
  /** Null: nobody has looked. */
  readonly is: boolean | null;
  readonly missing: Tone;
}

function Answer({ label, is, missing }: AnswerProps) {
  if (is === null) return <td data-label={label}>{t('notLookedUp')}</td>;
  return (
    <td data-label={label}>
      <span className="row">
        <StatusIcon tone={is ? 'ok' : missing} size={16} />
        {is ? t('yes') : t('no')}
      </span>
    </td>
  );
}
