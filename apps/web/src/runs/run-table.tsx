import type { RunSummary } from '@gangway/contract/operations';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/runs.js';
import { Ago, toDuration } from '../time/when.js';
import { AppLink } from '../ui/app-link.js';
import { StatusBadge } from '../ui/status-badge.js';
import { OPERATION_TITLES } from './operation-titles.js';
import { toRunState } from './run-state.js';

export function RunTable({ runs, caption }: { runs: readonly RunSummary[]; caption: string }) {
  const { slug } = useWorkspace();
  return (
    <div className="card table-wrap" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('type')}</th>
            <th scope="col">{t('status')}</th>
            <th scope="col">{t('started')}</th>
            <th scope="col">{t('lasted')}</th>
            <th scope="col">{t('startedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const { tone, label } = toRunState(run);
            return (
              <tr key={run.id}>
                <th scope="row">
                  <AppLink href={paths.run(slug, run.id)}>{OPERATION_TITLES[run.type]}</AppLink>
                </th>
                <td>
                  <StatusBadge tone={tone}>{label}</StatusBadge>
                </td>
                <td>
                  <Ago at={run.createdAt} />
                </td>
                <td>{toLasted(run)}</td>
                <td>{run.startedBy}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function toLasted({ startedAt, finishedAt }: RunSummary): string {
  return startedAt && finishedAt ? toDuration(Date.parse(finishedAt) - Date.parse(startedAt)) : '';
}
